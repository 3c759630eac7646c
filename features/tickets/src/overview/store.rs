//! The counts behind the overview, by day, by wait and by place.

use ::store::{Listing, Result, StoreError, Tx, Value};
use jiff::civil::Date;
use kernel::Scope;

/// What open cases are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    County,
    Subdistrict,
    Community,
}

/// How many came each day since one.
pub(crate) fn days(tx: &mut Tx<'_>, scope: &Scope, from: Date) -> Result<Vec<(Date, i64)>> {
    let (block, number) = scope.equality();
    let args = [number.into(), from.into()];
    tx.list(&Listing::of(include_str!("sql/days.sql"), &[block], &args), |it| {
        Ok((it.maybe_date("filed_on")?.ok_or(StoreError::Missing)?, it.int("n")?))
    })
}

/// Open cases of a stage by the step of the ladder they stand on, and how many of them are late.
/// `since` are the moments after which a case stands on the first four.
pub(crate) fn waits(
    tx: &mut Tx<'_>,
    scope: &Scope,
    stage: &str,
    since: [i64; 4],
) -> Result<Vec<(i64, i64, i64)>> {
    let (block, number) = scope.equality();
    let since = |step: usize| Value::from(since[step]);
    let args = [number.into(), stage.into(), tx.ctx.now.into(), since(0), since(1), since(2), since(3)];
    tx.list(&Listing::of(include_str!("sql/waits.sql"), &[block], &args), |it| {
        Ok((it.int("step")?, it.int("n")?, it.int("late")?))
    })
}

/// Open cases of a stage by place, and how many of them are late.
pub(crate) fn places(tx: &mut Tx<'_>, scope: &Scope, stage: &str, by: By) -> Result<Vec<(i64, i64, i64)>> {
    let sql = match by {
        By::County => include_str!("sql/by_county.sql"),
        By::Subdistrict => include_str!("sql/by_subdistrict.sql"),
        By::Community => include_str!("sql/by_community.sql"),
    };
    let (block, number) = scope.equality();
    let args = [number.into(), stage.into(), tx.ctx.now.into()];
    tx.list(&Listing::of(sql, &[block], &args), |it| Ok((it.int("body")?, it.int("n")?, it.int("late")?)))
}
