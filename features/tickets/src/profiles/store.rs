//! Every statement about profiles; rows to nouns and back.

use ::store::{Result, Tx};
use kernel::Tenant;

/// What a county keeps: the pinned text, the document that confirmed it, and the row's version.
pub(crate) fn kept(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Option<(String, Option<String>, i64)>> {
    tx.maybe(include_str!("sql/of_county.sql"), &[i64::from(tenant.number()).into()], |it| {
        Ok((it.text("pinned")?, it.maybe_text("document")?, it.int("version")?))
    })
}

pub(crate) fn save(tx: &mut Tx<'_>, tenant: Tenant, name: &str, pinned: &str, document: &str) -> Result<()> {
    let today = tx.ctx.today();
    let args = [i64::from(tenant.number()).into(), name.into(), pinned.into(), document.into(), today.into()];
    tx.change_one(include_str!("sql/save.sql"), &args)
}
