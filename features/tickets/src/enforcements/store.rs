//! Every statement about the list; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::types::{Enforcement, EnforcementId};

pub(crate) fn all(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Vec<Enforcement>> {
    let number = i64::from(tenant.number());
    tx.all(include_str!("sql/all.sql"), &[number.into()], |it| read(it, tenant))
}

pub(crate) fn load(tx: &mut Tx<'_>, id: EnforcementId) -> Result<Enforcement> {
    let tenant = Tenant::of_id(id.into());
    let args = [i64::from(tenant.number()).into(), i64::from(id).into()];
    tx.one(include_str!("sql/load.sql"), &args, |it| read(it, tenant))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Enforcement) -> Result<()> {
    let [frequent, simple, local, swift] = it.reasons.clone();
    let args = [
        i64::from(it.tenant.number()).into(),
        i64::from(it.id).into(),
        it.title.clone().into(),
        it.category.clone().into(),
        it.department.clone().into(),
        it.basis.clone().into(),
        it.phone.clone().into(),
        frequent.into(),
        simple.into(),
        local.into(),
        swift.into(),
        it.listed_on.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn end(tx: &mut Tx<'_>, it: &Enforcement) -> std::result::Result<(), Problem> {
    let (day, reason) = it.ended.clone().unzip();
    let args = [
        i64::from(it.tenant.number()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        day.into(),
        reason.unwrap_or_default().into(),
    ];
    tx.save_version(include_str!("sql/end.sql"), &args)
}

fn read(row: &Row<'_>, tenant: Tenant) -> Result<Enforcement> {
    let reasons = [row.text("frequent")?, row.text("simple")?, row.text("local")?, row.text("swift")?];
    Ok(Enforcement {
        id: row.int("id")?.into(),
        tenant,
        title: row.text("title")?,
        category: row.text("category")?,
        department: row.text("department")?,
        basis: row.text("basis")?,
        phone: row.text("phone")?,
        reasons,
        listed_on: row.maybe_date("listed_on")?.ok_or(StoreError::Missing)?,
        ended: row.maybe_date("ended_on")?.zip(Some(row.text("ended_for")?)),
        version: row.int("version")?,
    })
}
