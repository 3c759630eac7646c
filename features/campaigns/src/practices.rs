//! 典型经验与宣传 — what worked, told by those who did it and published by the owner; and where the public was told.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

/// Whether something was told of what a community did, under its application in a campaign.
pub(crate) fn is_told_of(
    tx: &mut ::store::Tx<'_>,
    campaign: crate::openings::types::CampaignId,
    id: crate::applications::types::ApplicationId,
) -> Result<bool, kernel::Problem> {
    Ok(store::of_campaign(tx, campaign)?.iter().any(|it| it.application == id))
}
