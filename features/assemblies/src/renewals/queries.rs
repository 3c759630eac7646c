//! What there is to see of a community's renewals.

use ::store::Tx;
use kernel::Problem;
use registry::communities::{self, CommunityId, CommunityView};

use super::{
    policy, rules, store,
    types::{Basis, Consent, Kind, Renewal, Stage},
};
use crate::{counting, decisions};

#[derive(Debug)]
pub(crate) struct RenewalView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) state: (&'static str, &'static str),
    /// Day and what happened.
    pub(crate) days: Vec<(String, String)>,
    /// Each consent: its name, and what it rests on once it is there.
    pub(crate) consents: Vec<(&'static str, &'static str, Option<String>)>,
    pub(crate) next: Option<(&'static str, &'static str)>,
    pub(crate) open: bool,
    pub(crate) reason: String,
}

#[derive(Debug)]
pub(crate) struct RenewalsView {
    pub(crate) community: CommunityView,
    pub(crate) all: Vec<RenewalView>,
    pub(crate) decisions: Vec<(String, String)>,
    pub(crate) share: (i64, i64),
    pub(crate) can_propose: bool,
    pub(crate) can_lead: bool,
}

fn basis(tx: &mut Tx<'_>, it: &Consent) -> Result<String, Problem> {
    let basis = match it.basis {
        Basis::Decision(id) => format!("业主大会决定“{}”", decisions::store::load(tx, id.into())?.title),
        Basis::Asked { agreed, households } => format!("征求意见{households}户，同意{agreed}户"),
    };
    Ok(format!("{}：{}（{basis}）", it.on, it.words))
}

fn view(tx: &mut Tx<'_>, it: &Renewal) -> Result<RenewalView, Problem> {
    let mut consents = vec![];
    for (kind, code, label) in Kind::ALL {
        let found = it.consents.iter().find(|it| it.kind == kind);
        let said = found.map(|found| basis(tx, found)).transpose()?;
        consents.push((code, label, said));
    }
    let began = (it.proposed_on.to_string(), "申请".to_owned());
    let went = it.days.iter().map(|(stage, on)| (on.to_string(), stage.label().to_owned()));
    let colour = match it.stage {
        Stage::Finished => "good",
        Stage::Ended => "refused",
        _ => "open",
    };
    let next = it.stage.next().map(|to| {
        let words = match to {
            Stage::Included => "纳入改造计划",
            Stage::Started => "开工",
            _ => "完工",
        };
        (to.code(), words)
    });
    Ok(RenewalView {
        id: it.id.to_string(),
        title: it.title.clone(),
        state: (colour, it.stage.label()),
        days: [began].into_iter().chain(went).collect(),
        consents,
        next,
        open: it.stage.next().is_some(),
        reason: it.reason.clone(),
    })
}

pub(crate) fn renewals(tx: &mut Tx<'_>, id: CommunityId) -> Result<RenewalsView, Problem> {
    let community = communities::load(tx, id)?;
    let (actor, place) = (tx.ctx.actor.clone(), community.place);
    let _seen = policy::may_see(&actor, &place)?;
    let mut all = vec![];
    for it in store::of_community(tx, place.community)? {
        all.push(view(tx, &it)?);
    }
    let decided = decisions::store::of_community(tx, place.community)?;
    let mut passed = vec![];
    for it in decided {
        if !counting::passed(tx, &it)?.is_empty() {
            passed.push((it.id.to_string(), it.title));
        }
    }
    Ok(RenewalsView {
        community: communities::shown(tx, community)?,
        all,
        decisions: passed,
        share: rules::SHARE,
        can_propose: policy::may_propose(&actor, &place).is_ok(),
        can_lead: policy::may_lead(&actor, &place).is_ok(),
    })
}
