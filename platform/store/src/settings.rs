//! Settings of the store as a whole: whether it is a demonstration, where its clock stands.

use crate::{Result, Tx};

impl Tx<'_> {
    /// # Errors
    /// When the store refuses.
    pub fn setting(&mut self, name: &str) -> Result<Option<String>> {
        self.maybe(include_str!("sql/setting.sql"), &[name.into()], |it| it.text("value"))
    }

    /// # Errors
    /// When the store refuses.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<()> {
        self.change_one(include_str!("sql/set_setting.sql"), &[name.into(), value.into()])
    }

    /// Drops idempotency keys older than `before`: they are kept for at least 72 hours.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn drop_keys(&mut self, before: jiff::Timestamp) -> Result<u64> {
        self.change(include_str!("sql/drop_keys.sql"), &[before.into()])
    }
}

impl Tx<'_> {
    /// Whether nothing has ever been recorded here.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn is_untouched(&mut self) -> Result<bool> {
        let rows = self.one(include_str!("sql/audited.sql"), &[], |it| it.int("n"))?;
        Ok(rows == 0)
    }
}
