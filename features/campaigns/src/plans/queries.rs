//! What there is to see of plans: a county's own desk, and the owner's table of all counties.

use ::rules::{Mode, Value};
use ::store::Tx;
use kernel::{Problem, Ratio, Scope, Tenant, beijing_date};
use registry::{communities, records};

use super::{policy, rules, store};
use crate::{
    applications,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// One county's plan for one selection.
#[derive(Debug)]
pub(crate) struct PlanLine {
    pub(crate) county: String,
    pub(crate) selection: String,
    pub(crate) title: String,
    pub(crate) mode: Option<Mode>,
    pub(crate) mode_label: &'static str,
    pub(crate) printed: i64,
    pub(crate) places: i64,
    pub(crate) used: i64,
    pub(crate) reason: String,
    pub(crate) candidates: i64,
}

/// A project taken up, and how far it is.
#[derive(Debug)]
pub(crate) struct CandidateLine {
    pub(crate) community: i64,
    pub(crate) name: String,
    pub(crate) enterprise: String,
    pub(crate) satisfaction: String,
    pub(crate) finding: String,
    pub(crate) added_on: String,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) application: Option<String>,
}

#[derive(Debug)]
pub(crate) struct PlanView {
    pub(crate) campaign: Campaign,
    pub(crate) lines: Vec<PlanLine>,
    pub(crate) candidates: Vec<CandidateLine>,
    pub(crate) modes: Vec<(String, String)>,
    pub(crate) can_plan: bool,
    /// Names to choose from while typing.
    pub(crate) names: Vec<String>,
}

const MOST_NAMES: usize = 200;

pub(crate) fn mode_label(mode: Mode) -> &'static str {
    match mode {
        Mode::AllThenSelect => "全面创建、最后推选",
        Mode::ApplyPrescreenDesignate => "自愿申报、提前审查、直接认定",
    }
}

pub(crate) fn plan(tx: &mut Tx<'_>, vault: &app::Vault, id: CampaignId) -> Result<PlanView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, campaign.owner)?;
    let own = match tx.ctx.actor.hat.scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let names = openings::counties(tx, &campaign)?;
    let (plans, counts) = (store::of_campaign(tx, id)?, store::candidate_counts(tx, id)?);
    let mut lines = vec![];
    for quota in openings::store::quotas(tx, id)? {
        let Some(selection) = campaign.pack.selection(&quota.selection).filter(|it| !it.modes.is_empty())
        else {
            continue;
        };
        if own.is_some_and(|it| i64::from(it.number()) != quota.tenant) {
            continue;
        }
        let plan = plans.iter().find(|it| it.tenant == quota.tenant && it.selection == quota.selection);
        let printed = openings::rules::quotas(&campaign.pack, &[(quota.tenant, quota.communities)]);
        let printed = printed.iter().find(|it| it.selection == quota.selection);
        lines.push(PlanLine {
            county: names.get(&quota.tenant).map_or(String::new(), |it| it.name.clone()),
            title: selection.title.clone(),
            mode: plan.map(|it| it.mode),
            mode_label: plan.map_or("未选定", |it| mode_label(it.mode)),
            printed: printed.map_or(quota.places, |it| it.places),
            places: quota.places,
            used: quota.used,
            reason: plan.map_or(String::new(), |it| it.reason.clone()),
            candidates: counts.iter().find(|it| it.0 == quota.tenant).map_or(0, |it| it.1),
            selection: quota.selection,
        });
    }
    let (mut candidates, mut offered) = (vec![], vec![]);
    if let Some(tenant) = own {
        for it in store::candidates(tx, tenant, id)? {
            candidates.push(candidate(tx, vault, id, it)?);
        }
        let all = communities::in_scope(tx, MOST_NAMES)?;
        offered = all.into_iter().filter(|it| campaign.includes(&it.place)).map(|it| it.name).collect();
    }
    let modes = campaign.pack.cascade.selections.iter().flat_map(|it| &it.modes);
    let modes = modes.map(|it| (it.code().to_owned(), mode_label(*it).to_owned())).collect();
    let can_plan = campaign.goes_on() && policy::may_plan(&tx.ctx.actor).is_ok();
    Ok(PlanView { campaign, lines, candidates, modes, can_plan, names: offered })
}

fn candidate(
    tx: &mut Tx<'_>,
    vault: &app::Vault,
    campaign: CampaignId,
    it: super::types::Candidate,
) -> Result<CandidateLine, Problem> {
    let community = communities::load(tx, it.community.into())?;
    let today = tx.ctx.today();
    let (facts, _) = records::facts_of(tx, &community, today)?;
    let percent = |it: Value| match it {
        Value::Number(it) => it.times(Ratio::whole(100)).map(|it| format!("{}%", it.rounded(1))),
        Value::YesNo(_) => None,
    };
    let tenant = Tenant::of_id(it.community);
    let application = applications::store::of_community(tx, tenant, campaign, it.community.into())?;
    let stage = match application {
        None => ("open", "未申报"),
        Some(id) => applications::labels::stage(&applications::store::load(tx, vault, id)?.stage),
    };
    Ok(CandidateLine {
        community: it.community,
        satisfaction: facts
            .get("owner_satisfaction_rate")
            .and_then(percent)
            .unwrap_or_else(|| "没有记录".to_owned()),
        enterprise: registry::enterprises::name_of(tx, community.place.enterprise)?.unwrap_or_default(),
        name: community.name,
        finding: it.finding,
        added_on: beijing_date(it.added_at).to_string(),
        stage,
        application: application.map(|it| it.to_string()),
    })
}

/// Whether the county's plan lets it choose this community now.
pub(crate) fn must_be_planned(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    selection: &str,
    place: &kernel::Place,
) -> Result<(), Problem> {
    let Some(selection) = campaign.pack.selection(selection) else { return Ok(()) };
    let plans = store::of_campaign(tx, campaign.id)?;
    let plan = plans.iter().find(|it| it.tenant == place.tenant && it.selection == selection.code);
    let listed = store::candidates(tx, Tenant::of_id(place.community), campaign.id)?;
    let is_candidate = listed.iter().any(|it| it.community == place.community);
    Ok(rules::must_be_planned(selection, plan, is_candidate)?)
}
