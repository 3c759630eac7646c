//! What there is to see of mandates: for those who call at doors, names masked.

use ::store::Tx;
use app::Vault;
use files::{Attachment, AttachmentId};
use kernel::{Permit, Problem};

use super::{store, types::MandateId};
use crate::{
    decisions::{self, Decision, DecisionId, Stage, policy},
    enclosures::rules::FileLine,
    voting,
};

#[derive(Debug)]
pub(crate) struct MandatesView {
    pub(crate) decision: Decision,
    pub(crate) lines: Vec<MandateLine>,
    /// Id and title, for choosing what a mandate covers.
    pub(crate) items: Vec<(String, String)>,
    pub(crate) closes_on: String,
    pub(crate) can_register: bool,
}

#[derive(Debug)]
pub(crate) struct MandateLine {
    pub(crate) id: String,
    pub(crate) unit: String,
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) items: String,
    pub(crate) document: String,
    pub(crate) until: String,
    pub(crate) ended: Option<String>,
    pub(crate) has_voted: bool,
    /// What it rests on; none for who may not open it.
    pub(crate) papers: Vec<FileLine>,
}

pub(crate) fn mandates(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<MandatesView, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let noticed = *decision.stage.noticed().ok_or(voting::rules::VotingRefusal::NotNoticed)?;
    let mut lines = vec![];
    let opens = may_open(tx, &decision).is_ok();
    for it in store::of_decision(tx, vault, id)? {
        let titles = decision.agenda.iter().filter(|item| it.items.contains(&item.id));
        let titles: Vec<&str> = titles.map(|it| it.title.as_str()).collect();
        let papers = if opens { papers(tx, id, it.id)? } else { vec![] };
        let voted = voting::store::effective_of(tx, id, &it.unit)?;
        lines.push(MandateLine {
            id: it.id.to_string(),
            kind: it.kind.label(),
            name: identifiers::mask_name(&it.name),
            items: if titles.is_empty() { "全部议题".to_owned() } else { titles.join("、") },
            until: it.until.to_string(),
            ended: it.ended.map(|it| format!("{}终止：{}", kernel::beijing_minute(it.at), it.reason)),
            has_voted: voted.is_some(),
            papers,
            unit: it.unit,
            document: it.document,
        });
    }
    lines.reverse();
    let last = noticed.closes_at - jiff::SignedDuration::from_micros(1);
    let can_register = policy::may_print(&tx.ctx.actor, &decision.place).is_ok()
        && voting::rules::must_call(&decision, tx.ctx.now).is_ok();
    Ok(MandatesView {
        items: decision.agenda.iter().map(|it| (it.id.clone(), it.title.clone())).collect(),
        closes_on: kernel::beijing_date(last).to_string(),
        lines,
        can_register,
        decision,
    })
}

/// The neighborhood, which has seen the paper; after the count whoever watches over the vote.
fn may_open(tx: &Tx<'_>, decision: &Decision) -> Result<Permit, Problem> {
    let counted = matches!(decision.stage, Stage::Provisional(..) | Stage::Final(..));
    Ok(policy::may_read_mandate(&tx.ctx.actor, &decision.place, counted)?)
}

fn papers(tx: &mut Tx<'_>, id: DecisionId, mandate: MandateId) -> Result<Vec<FileLine>, Problem> {
    let line = |it: Attachment| FileLine {
        href: format!("/assemblies/decisions/{id}/mandates/{mandate}/papers/{}", it.id),
        id: it.id,
        name: it.name,
    };
    Ok(files::of_subject(tx, mandate.into())?.into_iter().map(line).collect())
}

/// A paper a mandate of this decision rests on.
pub(crate) fn paper(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    mandate: MandateId,
    file: AttachmentId,
) -> Result<Attachment, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = may_open(tx, &decision)?;
    let all = store::of_decision(tx, vault, id)?;
    let found = all.into_iter().find(|it| it.id == mandate).ok_or(Problem::NotFound)?;
    files::attachment(tx, found.id.into(), file)
}
