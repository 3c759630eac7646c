//! What there is to see of progress: every look at every county, newest first.

use ::store::Tx;
use kernel::{Problem, Scope};

use super::{
    policy, store,
    types::{Figures, Progress},
};
use crate::{
    applications,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// One look, as it is shown.
#[derive(Debug)]
pub(crate) struct ProgressLine {
    pub(crate) progress: Progress,
    pub(crate) county: String,
    pub(crate) assessor: String,
    pub(crate) can_answer: bool,
}

#[derive(Debug)]
pub(crate) struct ProgressView {
    pub(crate) campaign: Campaign,
    pub(crate) lines: Vec<ProgressLine>,
    /// Counties to choose from, for an assessor.
    pub(crate) counties: Vec<(String, String)>,
    pub(crate) can_assess: bool,
}

pub(crate) fn progress(tx: &mut Tx<'_>, id: CampaignId) -> Result<ProgressView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let actor = tx.ctx.actor.clone();
    let _seen = policy::may_see(&actor, campaign.owner)?;
    let names = openings::counties(tx, &campaign)?;
    let own = match actor.hat.scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let mut found = store::of_campaign(tx, id)?;
    found.retain(|it| own.is_none_or(|own| own == it.tenant()));
    let people: Vec<i64> = found.iter().map(|it| i64::from(it.person)).collect();
    let people = accounts::names(tx, &people)?;
    let line = |it: Progress| ProgressLine {
        county: names.get(&i64::from(it.tenant().number())).map_or(String::new(), |it| it.name.clone()),
        assessor: people.get(&i64::from(it.person)).cloned().unwrap_or_default(),
        can_answer: it.answer.is_none()
            && campaign.goes_on()
            && policy::may_answer(&actor, it.tenant()).is_ok(),
        progress: it,
    };
    Ok(ProgressView {
        lines: found.into_iter().map(line).collect(),
        counties: names.iter().map(|(tenant, it)| (tenant.to_string(), it.name.clone())).collect(),
        can_assess: campaign.goes_on() && policy::may_assess(&actor, campaign.owner).is_ok(),
        campaign,
    })
}

/// What the house counts for a county now: the first selection it makes itself stands for its recommending.
pub(crate) fn figures(tx: &mut Tx<'_>, campaign: &Campaign, tenant: i64) -> Result<Figures, Problem> {
    let counts = applications::queries::counts(tx, campaign.owner.city, campaign.id)?;
    let quotas = openings::store::quotas(tx, campaign.id)?;
    let first = campaign.pack.cascade.selections.first().map(|it| it.code.clone()).unwrap_or_default();
    let own = quotas.iter().find(|it| it.tenant == tenant && it.selection == first);
    let (submitted, accepted) = counts.get(&tenant).copied().unwrap_or_default();
    Ok(Figures {
        communities: own.map_or(0, |it| it.communities),
        submitted,
        accepted,
        recommended: own.map_or(0, |it| it.used),
        places: own.map_or(0, |it| it.places),
    })
}
