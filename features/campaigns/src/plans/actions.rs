//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{FieldError, Problem};
use registry::communities;

use super::{
    events::{CandidateDropped, CandidateTakenUp, PlanDeclared},
    policy,
    rules::{self, PlanRefusal},
    store,
    types::{CandidateForm, PlanForm},
};
use crate::openings::{self, types::CampaignId};

/// 选定创建方式 — and, where projects are few, fewer places than the notice allows.
pub(crate) fn declare(tx: &mut Tx<'_>, id: CampaignId, form: &PlanForm) -> Result<((), Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let (permit, tenant) = policy::may_plan(&tx.ctx.actor)?;
    let selection = campaign.pack.selection(&form.selection).ok_or(Problem::NotFound)?;
    let quotas = openings::store::quotas(tx, id)?;
    let own = |it: &&openings::types::CountyQuota| {
        it.tenant == i64::from(tenant.number()) && it.selection == selection.code
    };
    let quota = quotas.iter().find(own).ok_or(PlanRefusal::NothingToPlan)?;
    let printed = openings::rules::quotas(&campaign.pack, &[(quota.tenant, quota.communities)]);
    let printed = printed.iter().find(own).map_or(quota.places, |it| it.places);
    let plans = store::of_campaign(tx, id)?;
    let before = plans.iter().find(|it| it.tenant == quota.tenant && it.selection == selection.code);
    let (plan, places) = rules::declare(selection, quota, printed, before, form)?;
    if !store::set_places(tx, id, &plan, places)? {
        return Err(Problem::Conflict);
    }
    store::save(tx, id, &plan)?;
    let event = PlanDeclared {
        campaign: id,
        tenant: plan.tenant,
        selection: plan.selection,
        mode: plan.mode.code(),
        places,
        reason: plan.reason,
    };
    Ok(((), tx.record(permit, &event)?))
}

/// 列入培育（审查）名单 — a community of the county, with what was found beforehand.
pub(crate) fn take_up(
    tx: &mut Tx<'_>,
    id: CampaignId,
    form: &CandidateForm,
) -> Result<((), Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let (permit, tenant) = policy::may_plan(&tx.ctx.actor)?;
    let mut errors = vec![];
    let found = communities::called(tx, tenant, form.community.trim())?;
    match found.len() {
        1 => {}
        0 => errors.push(FieldError::new("community", "没有找到这个小区，请填写台账中的名称或编号")),
        _ => errors.push(FieldError::new("community", "有几个小区叫这个名称，请改填小区编号")),
    }
    let finding = rules::finding(form).map_err(|it| errors.push(it));
    let (Some(community), Ok(finding), true) = (found.first(), finding, errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    if !campaign.includes(&communities::load(tx, *community)?.place) {
        let says = "这次活动没有发给这个小区所在的县区或街道，不能列入";
        return Err(Problem::Invalid(vec![FieldError::new("community", says)]));
    }
    let community = i64::from(*community);
    if store::candidates(tx, tenant, id)?.iter().any(|it| it.community == community) {
        return Err(PlanRefusal::AlreadyTakenUp.into());
    }
    store::add_candidate(tx, tenant, id, community, &finding)?;
    let event =
        CandidateTakenUp { campaign: id, tenant: tenant.number().into(), community: community.to_string() };
    Ok(((), tx.record(permit, &event)?))
}

/// 移出名单.
pub(crate) fn drop(tx: &mut Tx<'_>, id: CampaignId, community: i64) -> Result<((), Recorded), Problem> {
    openings::queries::running(tx, id)?;
    let (permit, tenant) = policy::may_plan(&tx.ctx.actor)?;
    store::drop_candidate(tx, tenant, id, community)?;
    let event =
        CandidateDropped { campaign: id, tenant: tenant.number().into(), community: community.to_string() };
    Ok(((), tx.record(permit, &event)?))
}
