//! The counts behind the rates, grouped by the bodies below a scope.

use ::store::{Listing, Result, Tx};
use jiff::civil::Date;
use kernel::Scope;

use super::rules::Counts;

/// The places the counts are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    County,
    Subdistrict,
    Neighborhood,
    Community,
}

/// Cases of a place, a company and a category that fared alike: the finest the page asks for, so that one reading of the cases serves it.
#[derive(Debug)]
pub(crate) struct Flagged {
    pub(crate) body: i64,
    pub(crate) company: i64,
    pub(crate) category: String,
    pub(crate) flags: i64,
    pub(crate) n: i64,
}

/// The same, counted out.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) body: i64,
    pub(crate) company: i64,
    pub(crate) category: String,
    pub(crate) counts: Counts,
}

/// The counts over the cases filed from `from` up to and without `until`.
pub(crate) fn cells(tx: &mut Tx<'_>, scope: &Scope, by: By, from: Date, until: Date) -> Result<Vec<Cell>> {
    let cell = |it: Flagged| Cell {
        body: it.body,
        company: it.company,
        category: it.category,
        counts: Counts::of_flags(it.flags, it.n),
    };
    Ok(flagged(tx, scope, by, from, until)?.into_iter().map(cell).collect())
}

/// The same with the flags as they are. Over cases filed from `from` up to and without `until`.
pub(crate) fn flagged(
    tx: &mut Tx<'_>,
    scope: &Scope,
    by: By,
    from: Date,
    until: Date,
) -> Result<Vec<Flagged>> {
    let sql = match by {
        By::County => include_str!("sql/by_county.sql"),
        By::Subdistrict => include_str!("sql/by_subdistrict.sql"),
        By::Neighborhood => include_str!("sql/by_neighborhood.sql"),
        By::Community => include_str!("sql/by_community.sql"),
    };
    let (block, number) = scope.equality();
    let args = [number.into(), from.into(), until.into(), tx.ctx.now.into()];
    tx.list(&Listing::of(sql, &[block], &args), |it| {
        Ok(Flagged {
            body: it.int("body")?,
            company: it.int("company")?,
            category: it.text("category")?,
            flags: it.int("flags")?,
            n: it.int("n")?,
        })
    })
}
