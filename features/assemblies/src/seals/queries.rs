//! What there is to see of a committee's seals, and what allows their use.

use ::store::Tx;
use app::Vault;
use kernel::Problem;

use super::{
    policy, store,
    types::{Basis, Outcome},
};
use crate::{
    committees::{
        self,
        types::{Committee, CommitteeId},
    },
    counting, decisions, sessions,
};

#[derive(Debug)]
pub(crate) struct UseView {
    pub(crate) n: String,
    pub(crate) seal: &'static str,
    pub(crate) document: String,
    pub(crate) copies: i64,
    pub(crate) basis: String,
    pub(crate) asked: String,
    pub(crate) state: (&'static str, String),
    pub(crate) open: bool,
}

#[derive(Debug)]
pub(crate) struct SealsView {
    pub(crate) name: String,
    pub(crate) uses: Vec<UseView>,
    pub(crate) allowing: Vec<(String, String)>,
    pub(crate) can_ask: bool,
    pub(crate) can_set: bool,
}

/// Resolutions and decisions of the owners that passed: what a seal may rest on, with its words.
pub(crate) fn allowing(tx: &mut Tx<'_>, committee: &Committee) -> Result<Vec<(Basis, String)>, Problem> {
    let mut allowing = vec![];
    for (n, words) in sessions::passed(tx, committee.id)? {
        allowing.push((Basis::Session(n), format!("业委会会议 {words}")));
    }
    for it in decisions::store::of_community(tx, committee.place.community)? {
        if !counting::passed(tx, &it)?.is_empty() {
            allowing.push((Basis::Decision(it.id), format!("业主大会 {}", it.title)));
        }
    }
    Ok(allowing)
}

pub(crate) fn seals(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<SealsView, Problem> {
    let committee = committees::seen(tx, vault, id)?;
    let allowing = allowing(tx, &committee)?;
    let mut uses = vec![];
    for it in store::of_committee(tx, id)? {
        let mut people = vec![i64::from(it.asked_by)];
        if let Outcome::Stamped { by, .. } | Outcome::Refused { by, .. } = &it.outcome {
            people.push((*by).into());
        }
        let names = accounts::names(tx, &people)?;
        let name = |it: i64| names.get(&it).cloned().unwrap_or_default();
        let state = match &it.outcome {
            Outcome::Open => ("open", "待用印".to_owned()),
            Outcome::Stamped { on, by } => ("good", format!("{on}由{}用印", name((*by).into()))),
            Outcome::Refused { on, by, reason } => {
                ("refused", format!("{on}由{}退回：{reason}", name((*by).into())))
            }
        };
        let basis = allowing.iter().find(|known| known.0 == it.basis);
        uses.push(UseView {
            n: it.n.to_string(),
            seal: it.seal.label(),
            basis: basis.map_or_else(|| it.basis.code(), |it| it.1.clone()),
            document: it.document,
            copies: it.copies,
            asked: format!("{} {}", it.asked_on, name(it.asked_by.into())),
            state,
            open: it.outcome == Outcome::Open,
        });
    }
    let actor = &tx.ctx.actor;
    Ok(SealsView {
        name: committees::name(&committee),
        uses,
        allowing: allowing.into_iter().map(|(basis, words)| (basis.code(), words)).collect(),
        can_ask: policy::may_ask(actor, &committee.place).is_ok() && committee.ended.is_none(),
        can_set: policy::may_set(actor, &committee.place).is_ok(),
    })
}
