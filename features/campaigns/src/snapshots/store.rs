//! Every statement about settled facts; rows to nouns and back.

use ::store::{Result, StoreError, Tx};
use kernel::Tenant;

use super::types::Snapshot;
use crate::{applications::types::ApplicationId, openings::types::CampaignId};

/// The version that counts, if the facts were settled.
pub(crate) fn newest(tx: &mut Tx<'_>, application: ApplicationId) -> Result<Option<Snapshot>> {
    let id = i64::from(application);
    let args = [i64::from(Tenant::of_id(id).number()).into(), id.into()];
    tx.maybe(include_str!("sql/newest.sql"), &args, |it| {
        Ok(Snapshot {
            application,
            version: it.int("version")?,
            facts_on: it.maybe_date("facts_on")?.ok_or(StoreError::Missing)?,
            facts: serde_json::from_str(&it.text("facts")?)?,
            reason: it.text("reason")?,
            person: it.int("person")?.into(),
            at: it.time("at")?,
        })
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
