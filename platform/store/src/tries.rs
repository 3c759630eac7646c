//! Tries counted per bucket, so that guessing and flooding end while others go on.

use jiff::{SignedDuration, Timestamp};
use kernel::{Problem, Tenant, UserId};

use crate::{Result, Stopped, Tx};

impl Tx<'_> {
    /// Counts one more try of `bucket`, unless it had `most` within the last hours: then the security log says at what
    /// whoever it was has been stopped.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn try_again(
        &mut self,
        bucket: &str,
        most: i64,
        hours: i64,
        permission: &'static str,
    ) -> std::result::Result<bool, Problem> {
        let since = self.ctx.now - SignedDuration::from_hours(hours);
        if most <= self.tries(bucket, since)? {
            self.note(UserId::from(0), permission, Stopped::Throttled)?;
            return Ok(false);
        }
        self.note_try(bucket)?;
        Ok(true)
    }

    /// How often `bucket` has tried since then.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn tries(&mut self, bucket: &str, since: Timestamp) -> Result<i64> {
        self.one(include_str!("sql/tries.sql"), &[bucket.into(), since.into()], |it| it.int("n"))
    }

    /// Counts one more, now.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn note_try(&mut self, bucket: &str) -> Result<()> {
        let id = self.ctx.new_id(Tenant::from_number(0));
        self.change_one(include_str!("sql/note_try.sql"), &[bucket.into(), self.ctx.now.into(), id.into()])
    }

    /// Begins again at nought.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn forget_tries(&mut self, bucket: &str) -> Result<()> {
        self.change(include_str!("sql/forget_tries.sql"), &[bucket.into()]).map(|_| ())
    }

    /// Drops what nobody counts any more.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn drop_tries(&mut self, before: Timestamp) -> Result<u64> {
        self.change(include_str!("sql/drop_tries.sql"), &[before.into()])
    }
}
