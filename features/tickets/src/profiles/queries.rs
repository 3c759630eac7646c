//! Which clocks a county runs.

use ::store::Tx;
use kernel::{Problem, Tenant};

use super::{rules, store, types::Profile};

/// The clocks of a county, the document that confirmed them, and the row's version (0: none yet).
pub(crate) fn of_county(tx: &mut Tx<'_>, tenant: Tenant) -> Result<(Profile, Option<String>, i64), Problem> {
    let (text, document, version) = match store::kept(tx, tenant)? {
        Some(kept) => kept,
        None => (rules::text_of(None).unwrap_or_default().to_owned(), None, 0),
    };
    let mut profile = rules::known(&text).map_err(|it| Problem::Broken(anyhow::anyhow!(it)))?;
    profile.unconfirmed = profile.unconfirmed && document.is_none();
    Ok((profile, document, version))
}
