//! Every statement about renewals; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::types::{Renewal, RenewalId, Stage};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Renewal) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.title.clone().into(),
        it.proposed_on.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: RenewalId) -> Result<Renewal> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

/// The newest twenty of a community.
pub(crate) fn of_community(tx: &mut Tx<'_>, community: i64) -> Result<Vec<Renewal>> {
    tx.all(include_str!("sql/of_community.sql"), &[community.into()], read)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Renewal) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.stage.code().into(),
        serde_json::to_string(&it.consents).map_err(StoreError::from)?.into(),
        serde_json::to_string(&it.days).map_err(StoreError::from)?.into(),
        it.reason.clone().into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Renewal> {
    Ok(Renewal {
        id: row.int("id")?.into(),
        place: row.place()?,
        title: row.text("title")?,
        proposed_on: row.maybe_date("proposed_on")?.ok_or(StoreError::Missing)?,
        stage: Stage::from_code(&row.text("stage")?).ok_or(StoreError::Missing)?,
        consents: serde_json::from_str(&row.text("consents")?)?,
        days: serde_json::from_str(&row.text("days")?)?,
        reason: row.text("reason")?,
        version: row.int("version")?,
    })
}
