//! The one statement of this door: the public cases of a place by the time they came.

use ::store::{Listing, Result, Tx};
use kernel::Scope;

use super::types::Search;
use crate::cases::{store::read, types::Ticket};

pub(crate) fn public(tx: &mut Tx<'_>, scope: &Scope, search: &Search, limit: i64) -> Result<Vec<Ticket>> {
    let (block, number) = scope.equality();
    let args = [number.into(), search.from.into(), search.until.into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/public.sql"), &[block], &args), read)
}
