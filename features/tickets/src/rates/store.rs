//! The counts behind the rates, grouped by the bodies below a scope.

use ::store::{Listing, Result, Tx};
use jiff::civil::Date;
use kernel::Scope;

use super::rules::Counts;

/// What the counts are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    County,
    Subdistrict,
    Neighborhood,
    Enterprise,
    Community,
}

/// Each body's counts over cases filed from `from` up to and without `until`.
pub(crate) fn counts(
    tx: &mut Tx<'_>,
    scope: &Scope,
    by: By,
    from: Date,
    until: Date,
) -> Result<Vec<(i64, Counts)>> {
    let sql = match by {
        By::County => include_str!("sql/by_county.sql"),
        By::Subdistrict => include_str!("sql/by_subdistrict.sql"),
        By::Neighborhood => include_str!("sql/by_neighborhood.sql"),
        By::Enterprise => include_str!("sql/by_enterprise.sql"),
        By::Community => include_str!("sql/by_community.sql"),
    };
    let (block, number) = scope.equality();
    let args = [number.into(), from.into(), until.into(), tx.ctx.now.into()];
    tx.list(&Listing::of(sql, &[block], &args), |it| {
        let counts = Counts {
            filed: it.int("filed")?,
            redone: it.int("redone")?,
            asked: it.int("asked")?,
            responded: it.int("responded")?,
            called: it.int("called")?,
            solved: it.int("solved")?,
            judged: it.int("judged")?,
            satisfied: it.int("satisfied")?,
            due: it.int("due")?,
            in_time: it.int("in_time")?,
        };
        Ok((it.int("body")?, counts))
    })
}

/// The five commonest categories of a period: how many, and how many of them the reporter called unsolved.
pub(crate) fn categories(
    tx: &mut Tx<'_>,
    scope: &Scope,
    from: Date,
    until: Date,
) -> Result<Vec<(String, i64, i64)>> {
    let (block, number) = scope.equality();
    let args = [number.into(), from.into(), until.into()];
    tx.list(&Listing::of(include_str!("sql/by_category.sql"), &[block], &args), |it| {
        Ok((it.text("category")?, it.int("filed")?, it.int("unsolved")?))
    })
}
