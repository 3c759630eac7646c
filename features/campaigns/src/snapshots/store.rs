//! Every statement about settled facts; rows to nouns and back.

use std::collections::BTreeMap;

use ::store::{Result, Row, StoreError, Tx};
use kernel::Tenant;

use super::types::Snapshot;
use crate::{applications::types::ApplicationId, openings::types::CampaignId};

/// The version that counts, if the facts were settled.
pub(crate) fn newest(tx: &mut Tx<'_>, application: ApplicationId) -> Result<Option<Snapshot>> {
    let id = i64::from(application);
    let args = [i64::from(Tenant::of_id(id).number()).into(), id.into()];
    tx.maybe(include_str!("sql/newest.sql"), &args, read)
}

/// The versions that count of all candidates that were settled.
pub(crate) fn newest_of_campaign(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
) -> Result<BTreeMap<ApplicationId, Snapshot>> {
    let found = tx.all(include_str!("sql/newest_of_campaign.sql"), &[i64::from(campaign).into()], read)?;
    Ok(found.into_iter().map(|it| (it.application, it)).collect())
}

fn read(it: &Row<'_>) -> Result<Snapshot> {
    Ok(Snapshot {
        application: it.int("application")?.into(),
        version: it.int("version")?,
        facts_on: it.maybe_date("facts_on")?.ok_or(StoreError::Missing)?,
        facts: ::rules::Facts::kept(&it.text("facts")?)?,
        reason: it.text("reason")?,
        person: it.int("person")?.into(),
        at: it.time("at")?,
    })
}

/// The table itself refuses the same version twice.
pub(crate) fn add(tx: &mut Tx<'_>, campaign: CampaignId, it: &Snapshot) -> Result<()> {
    let id = i64::from(it.application);
    let args = [
        i64::from(Tenant::of_id(id).number()).into(),
        id.into(),
        it.version.into(),
        i64::from(campaign).into(),
        it.facts_on.into(),
        serde_json::to_string(&it.facts)?.into(),
        it.reason.clone().into(),
        i64::from(it.person).into(),
        it.at.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}
