//! Every statement about materials.

use ::store::{Result, StoreError, Tx};
use kernel::{Problem, Tenant};

use crate::applications::types::ApplicationId;

/// Title and text of each section, and the version they are.
pub(crate) type Sections = (Vec<(String, String)>, i64);

pub(crate) fn load(tx: &mut Tx<'_>, id: ApplicationId) -> Result<Option<Sections>> {
    let args = [i64::from(Tenant::of_id(id.into()).number()).into(), i64::from(id).into()];
    tx.maybe(include_str!("sql/load.sql"), &args, |it| {
        Ok((serde_json::from_str(&it.text("sections")?)?, it.int("version")?))
    })
}

/// Puts the sections down over the version they were written from; 0: for the first time.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    id: ApplicationId,
    sections: &[(String, String)],
    version: i64,
) -> std::result::Result<(), Problem> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    let text = serde_json::to_string(sections).map_err(StoreError::from)?;
    if version == 0 {
        let args = [tenant.into(), i64::from(id).into(), text.into()];
        return Ok(tx.put(include_str!("sql/add.sql"), &args)?);
    }
    tx.save_version(
        include_str!("sql/save.sql"),
        &[tenant.into(), i64::from(id).into(), version.into(), text.into()],
    )
}

/// Of an application that was given up nothing stays.
pub(crate) fn forget(tx: &mut Tx<'_>, id: ApplicationId) -> Result<()> {
    let args = [i64::from(Tenant::of_id(id.into()).number()).into(), i64::from(id).into()];
    tx.change(include_str!("sql/forget.sql"), &args).map(|_| ())
}
