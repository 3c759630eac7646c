//! Every statement about grids; rows to nouns and back.

use ::store::{Result, Row, Tx};
use kernel::{Problem, Tenant};

use super::types::Grid;
use crate::divisions::DivisionId;

/// The grids of a neighborhood, by code.
pub(crate) fn of_neighborhood(tx: &mut Tx<'_>, id: DivisionId) -> Result<Vec<Grid>> {
    tx.all(include_str!("sql/of_neighborhood.sql"), &[i64::from(id).into()], read)
}

/// The name a code of a county is taken by.
pub(crate) fn coded(tx: &mut Tx<'_>, tenant: Tenant, code: &str) -> Result<Option<(i64, String)>> {
    let args = [i64::from(tenant.number()).into(), code.into()];
    tx.maybe(include_str!("sql/coded.sql"), &args, |it| Ok((it.int("id")?, it.text("name")?)))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Grid) -> Result<()> {
    let args = [
        i64::from(it.tenant.number()).into(),
        i64::from(it.id).into(),
        i64::from(it.neighborhood).into(),
        it.code.clone().into(),
        it.name.clone().into(),
        it.covers.clone().into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Grid) -> std::result::Result<(), Problem> {
    let args = [
        i64::from(it.tenant.number()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.code.clone().into(),
        it.name.clone().into(),
        it.covers.clone().into(),
        it.ended_on.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Grid> {
    Ok(Grid {
        id: row.int("id")?.into(),
        tenant: Tenant::from_number(u16::try_from(row.int("tenant")?).unwrap_or(0)),
        neighborhood: row.int("neighborhood")?.into(),
        code: row.text("code")?,
        name: row.text("name")?,
        covers: row.text("covers")?,
        ended_on: row.maybe_date("ended_on")?,
        version: row.int("version")?,
    })
}
