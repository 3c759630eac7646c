//! What there is to see of the papers beside a decision, and who may open one.

use std::collections::BTreeMap;

use ::store::Tx;
use files::{Attachment, AttachmentId};
use kernel::Problem;
use serde_json::{Value, json};

use super::rules::{self, FileLine};
use crate::{
    decisions::{self, DecisionId, Stage, policy},
    voting::types::{Sheet, SheetId},
};

/// The agenda's papers with their addresses: the office's, or everybody's.
pub(crate) fn documents(tx: &mut Tx<'_>, id: DecisionId, in_public: bool) -> Result<Vec<FileLine>, Problem> {
    let all = rules::of_slot(files::of_subject(tx, id.into())?, rules::AGENDA);
    let door = if in_public { "posted" } else { "decisions" };
    let line = |it: Attachment| FileLine {
        href: format!("/assemblies/{door}/{id}/documents/{}", it.id),
        id: it.id,
        name: it.name,
    };
    Ok(all.into_iter().map(line).collect())
}

/// The agenda's papers as the notice declares them.
pub(crate) fn declared(tx: &mut Tx<'_>, id: DecisionId) -> Result<Value, Problem> {
    let all = rules::of_slot(files::of_subject(tx, id.into())?, rules::AGENDA);
    Ok(all.iter().map(|it| json!({ "name": it.name, "sha256": it.digest })).collect())
}

/// The scans of many sheets of one vote, by sheet; one without any is not there.
pub(crate) fn scanned<'a>(
    tx: &mut Tx<'_>,
    sheets: impl IntoIterator<Item = &'a Sheet>,
) -> Result<BTreeMap<SheetId, Vec<Attachment>>, Problem> {
    let sheets: Vec<i64> = sheets.into_iter().map(|it| it.id.into()).collect();
    let found = files::of_subjects(tx, &sheets)?.into_iter();
    let scans = found.map(|(sheet, all)| (SheetId::from(sheet), rules::of_slot(all, rules::SCAN)));
    Ok(scans.filter(|it| !it.1.is_empty()).collect())
}

pub(crate) fn document(tx: &mut Tx<'_>, id: DecisionId, file: AttachmentId) -> Result<Attachment, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &decision.place)?;
    of_agenda(tx, id, file)
}

/// For everybody, once it was noticed.
pub(crate) fn posted(tx: &mut Tx<'_>, id: DecisionId, file: AttachmentId) -> Result<Attachment, Problem> {
    match decisions::store::load(tx, id)?.stage {
        Stage::Draft | Stage::Cancelled { noticed: None, .. } => Err(Problem::NotFound),
        _ => of_agenda(tx, id, file),
    }
}

fn of_agenda(tx: &mut Tx<'_>, id: DecisionId, file: AttachmentId) -> Result<Attachment, Problem> {
    let found = files::attachment(tx, id.into(), file)?;
    if found.slot == rules::AGENDA { Ok(found) } else { Err(Problem::NotFound) }
}

/// A scan, for those who typed the sheet; after the count for all who type paper or watch over the vote.
pub(crate) fn scan(
    tx: &mut Tx<'_>,
    id: DecisionId,
    number: &str,
    file: AttachmentId,
) -> Result<Attachment, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let counted = matches!(decision.stage, Stage::Provisional(..) | Stage::Final(..));
    let sheet = crate::voting::store::sheet(tx, id, number)?;
    let own = tx.ctx.actor.user;
    let typed = |it: &Sheet| it.first_by == own || it.second.as_ref().is_some_and(|it| it.0 == own);
    let _may =
        policy::may_read_scan(&tx.ctx.actor, &decision.place, sheet.as_ref().is_some_and(typed), counted)?;
    let sheet = sheet.ok_or(Problem::NotFound)?;
    files::attachment(tx, sheet.id.into(), file)
}
