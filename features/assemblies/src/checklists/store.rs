//! Every statement about lists; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::types::Checklist;
use crate::vettings::rules::PACK;

fn shipped() -> Checklist {
    Checklist {
        version: 0,
        conditions: PACK.conditions.iter().map(|it| it.says.clone()).collect(),
        negatives: PACK.negatives.clone(),
        published_on: None,
    }
}

/// The list a candidate is opened under today.
pub(crate) fn newest(tx: &mut Tx<'_>, tenant: i64) -> Result<Checklist> {
    let found = tx.maybe(include_str!("sql/newest.sql"), &[tenant.into()], read)?;
    Ok(found.unwrap_or_else(shipped))
}

/// The one a candidate was opened under.
pub(crate) fn version(tx: &mut Tx<'_>, tenant: i64, version: i64) -> Result<Checklist> {
    if version == 0 {
        return Ok(shipped());
    }
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), version.into()], read)
}

/// The versions of a county, the newest first; the shipped one is not among them.
pub(crate) fn all(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Vec<Checklist>> {
    tx.all(include_str!("sql/all.sql"), &[i64::from(tenant.number()).into()], read)
}

/// Somebody else may have published this version meanwhile.
pub(crate) fn add(tx: &mut Tx<'_>, tenant: i64, it: &Checklist) -> std::result::Result<(), Problem> {
    let args = [
        tenant.into(),
        it.version.into(),
        serde_json::to_string(&it.conditions).map_err(StoreError::from)?.into(),
        serde_json::to_string(&it.negatives).map_err(StoreError::from)?.into(),
        it.published_on.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    match tx.change(include_str!("sql/add.sql"), &args)? {
        1 => Ok(()),
        _ => Err(Problem::Conflict),
    }
}

fn read(row: &Row<'_>) -> Result<Checklist> {
    Ok(Checklist {
        version: row.int("version")?,
        conditions: serde_json::from_str(&row.text("conditions")?)?,
        negatives: serde_json::from_str(&row.text("negatives")?)?,
        published_on: Some(row.maybe_date("published_on")?.ok_or(StoreError::Missing)?),
    })
}
