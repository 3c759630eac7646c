//! What there is to see of mandates: for those who call at doors, names masked.

use ::store::Tx;
use app::Vault;
use kernel::Problem;

use super::store;
use crate::{
    decisions::{self, Decision, DecisionId, policy},
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
}

pub(crate) fn mandates(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<MandatesView, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let noticed = *decision.stage.noticed().ok_or(voting::rules::VotingRefusal::NotNoticed)?;
    let mut lines = vec![];
    for it in store::of_decision(tx, vault, id)? {
        let titles = decision.agenda.iter().filter(|item| it.items.contains(&item.id));
        let titles: Vec<&str> = titles.map(|it| it.title.as_str()).collect();
        let voted = voting::store::effective_of(tx, id, &it.unit)?;
        lines.push(MandateLine {
            id: it.id.to_string(),
            kind: it.kind.label(),
            name: identifiers::mask_name(&it.name),
            items: if titles.is_empty() { "全部议题".to_owned() } else { titles.join("、") },
            until: it.until.to_string(),
            ended: it.ended.map(|it| format!("{}终止：{}", kernel::beijing_minute(it.at), it.reason)),
            has_voted: voted.is_some(),
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
