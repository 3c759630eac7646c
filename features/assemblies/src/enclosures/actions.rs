//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use files::{AttachmentId, Kept};
use kernel::Problem;
use serde_json::json;

use super::{
    events::{Enclosed, EnclosureTaken, Scanned},
    rules,
};
use crate::{
    decisions::{self, DecisionId, policy},
    records, voting,
};

/// Whether a paper may be put beside the agenda: asked before its bytes are kept.
pub(crate) fn may_enclose(tx: &mut Tx<'_>, id: DecisionId) -> Result<(), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    rules::enclose(&decision, rules::of_slot(files::of_subject(tx, id.into())?, rules::AGENDA).len())
}

/// 上传议题材料.
pub(crate) fn enclose(
    tx: &mut Tx<'_>,
    id: DecisionId,
    name: &str,
    kept: &Kept,
) -> Result<((), Recorded), Problem> {
    may_enclose(tx, id)?;
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    let file = files::attach(tx, id.into(), rules::AGENDA, name, kept)?;
    Ok(((), tx.record(permit, &Enclosed { decision: id, file, digest: kept.digest.clone() })?))
}

/// 移除议题材料.
pub(crate) fn take_away(
    tx: &mut Tx<'_>,
    id: DecisionId,
    file: AttachmentId,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    decisions::rules::must_be_draft(&decision)?;
    files::attachment(tx, id.into(), file)?;
    files::take_away(tx, id.into(), file)?;
    Ok(((), tx.record(permit, &EnclosureTaken { decision: id, file })?))
}

/// Whether a sheet may be scanned: asked before the bytes are kept.
pub(crate) fn may_scan(tx: &mut Tx<'_>, id: DecisionId, number: &str) -> Result<(), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let sheet = voting::store::sheet(tx, id, number)?.ok_or(Problem::NotFound)?;
    rules::scan(&decision, files::of_subject(tx, sheet.id.into())?.len())
}

/// 上传纸质票扫描件: its digest goes into the log, so that another paper cannot take its place.
pub(crate) fn scan(
    tx: &mut Tx<'_>,
    id: DecisionId,
    number: &str,
    name: &str,
    kept: &Kept,
) -> Result<((), Recorded), Problem> {
    may_scan(tx, id, number)?;
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let sheet = voting::store::sheet(tx, id, number)?.ok_or(Problem::NotFound)?;
    files::attach(tx, sheet.id.into(), rules::SCAN, name, kept)?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    let digest = kept.known_by().to_owned();
    records::append(tx, id, "scan", &json!({ "sheet": number, "sha256": digest, "by": by }))?;
    Ok(((), tx.record(permit, &Scanned { decision: id, sheet: number.to_owned(), digest })?))
}
