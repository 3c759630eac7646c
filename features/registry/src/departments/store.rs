//! Every statement about departments; rows to nouns and back.

use ::store::{Result, Row, Tx};
use kernel::{Problem, Tenant};

use super::types::{Department, DepartmentId};

/// # Errors
/// No such department.
pub fn load(tx: &mut Tx<'_>, id: DepartmentId) -> Result<Department> {
    tx.one(include_str!("sql/load.sql"), &[i64::from(id).into()], read)
}

/// Its name, when there is such a department.
///
/// # Errors
/// When the store refuses.
pub fn name_of(tx: &mut Tx<'_>, id: i64) -> Result<Option<String>> {
    tx.maybe(include_str!("sql/load.sql"), &[id.into()], |it| it.text("name"))
}

/// The departments of a county by name, ended ones too.
///
/// # Errors
/// When the store refuses.
pub fn of_county(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Vec<Department>> {
    tx.all(include_str!("sql/of_county.sql"), &[i64::from(tenant.number()).into()], read)
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Department) -> Result<()> {
    let args = [
        i64::from(it.id).into(),
        i64::from(it.tenant.number()).into(),
        it.city.into(),
        it.name.clone().into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Department) -> std::result::Result<(), Problem> {
    let args = [i64::from(it.id).into(), it.version.into(), it.name.clone().into(), it.ended_on.into()];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Department> {
    Ok(Department {
        id: row.int("id")?.into(),
        tenant: Tenant::from_number(u16::try_from(row.int("tenant")?).unwrap_or(0)),
        city: row.int("city")?,
        name: row.text("name")?,
        ended_on: row.maybe_date("ended_on")?,
        version: row.int("version")?,
    })
}
