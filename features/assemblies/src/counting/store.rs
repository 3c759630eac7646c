//! Every statement about results; rows to nouns and back.

use ::store::{Result, StoreError, Tx};

use super::types::Posted;
use crate::decisions::{DecisionId, store::tenant};

pub(crate) fn add(tx: &mut Tx<'_>, id: DecisionId, it: &Posted) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.n.into(),
        it.body.clone().into(),
        it.posted_on.into(),
        it.posted_at.into(),
        it.days.into(),
        it.next_step.into(),
        it.reason.clone().into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// The newest first.
pub(crate) fn results(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Posted>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/results.sql"), &args, |row| {
        Ok(Posted {
            n: row.int("n")?,
            body: row.text("body")?,
            posted_on: row.maybe_date("posted_on")?.ok_or(StoreError::Missing)?,
            posted_at: row.time("posted_at")?,
            days: row.int("days")?,
            next_step: row.maybe_date("next_step")?.ok_or(StoreError::Missing)?,
            reason: row.text("reason")?,
        })
    })
}
