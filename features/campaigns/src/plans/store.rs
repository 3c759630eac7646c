//! Every statement about plans and candidates; rows to nouns and back.

use ::rules::Mode;
use ::store::{Result, StoreError, Tx};
use kernel::Tenant;

use super::types::{Candidate, Plan};
use crate::openings::types::CampaignId;

/// Every county's, of a campaign.
pub(crate) fn of_campaign(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Plan>> {
    tx.all(include_str!("sql/of_campaign.sql"), &[i64::from(campaign).into()], |it| {
        Ok(Plan {
            tenant: it.int("tenant")?,
            selection: it.text("selection")?,
            mode: Mode::from_code(&it.text("mode")?).ok_or(StoreError::Missing)?,
            reason: it.text("reason")?,
        })
    })
}

pub(crate) fn save(tx: &mut Tx<'_>, campaign: CampaignId, it: &Plan) -> Result<()> {
    let args = [
        it.tenant.into(),
        i64::from(campaign).into(),
        it.selection.clone().into(),
        it.mode.code().into(),
        it.reason.clone().into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.change_one(include_str!("sql/save.sql"), &args)
}

/// Sets a county's places; more than that may be used already, and then nothing changes.
pub(crate) fn set_places(tx: &mut Tx<'_>, campaign: CampaignId, it: &Plan, places: i64) -> Result<bool> {
    let args = [it.tenant.into(), i64::from(campaign).into(), it.selection.clone().into(), places.into()];
    Ok(tx.change(include_str!("sql/set_places.sql"), &args)? == 1)
}

pub(crate) fn candidates(tx: &mut Tx<'_>, tenant: Tenant, campaign: CampaignId) -> Result<Vec<Candidate>> {
    let args = [i64::from(tenant.number()).into(), i64::from(campaign).into()];
    tx.all(include_str!("sql/candidates.sql"), &args, |it| {
        Ok(Candidate {
            community: it.int("community")?,
            finding: it.text("finding")?,
            added_at: it.time("added_at")?,
        })
    })
}

/// How many every county has taken up.
pub(crate) fn candidate_counts(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<(i64, i64)>> {
    tx.all(include_str!("sql/candidate_counts.sql"), &[i64::from(campaign).into()], |it| {
        Ok((it.int("tenant")?, it.int("n")?))
    })
}

pub(crate) fn add_candidate(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    campaign: CampaignId,
    community: i64,
    finding: &str,
) -> Result<()> {
    let args = [
        i64::from(tenant.number()).into(),
        i64::from(campaign).into(),
        community.into(),
        finding.into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.put(include_str!("sql/add_candidate.sql"), &args)
}

pub(crate) fn drop_candidate(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    campaign: CampaignId,
    community: i64,
) -> Result<()> {
    let args = [i64::from(tenant.number()).into(), i64::from(campaign).into(), community.into()];
    tx.change_one(include_str!("sql/drop_candidate.sql"), &args)
}
