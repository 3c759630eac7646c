//! 房屋绑定 as other rooms may ask for it: which homes stand under an account today, and since when.

use ::store::Tx;
use jiff::Timestamp;
use kernel::{Problem, UserId};

use crate::{
    store,
    types::{Home, HomeId},
};

/// A home bound to an account, as its letter named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    pub home: HomeId,
    pub community: i64,
    /// As the neighborhood typed it on the letter; a roll may write it in other words.
    pub unit: String,
    pub person: UserId,
    pub bound_at: Timestamp,
    /// The hashed mark of the browser it was bound on; empty when it is not known.
    pub device: String,
}

/// A binding that still stands.
///
/// # Errors
/// `NotFound` when there is none, or it has ended.
pub fn bound(tx: &mut Tx<'_>, home: HomeId) -> Result<Bound, Problem> {
    let home = store::home(tx, home)?;
    if home.ended.is_some() { Err(Problem::NotFound) } else { Ok(told(home)) }
}

/// The homes of a person today.
///
/// # Errors
/// When the store refuses.
pub fn homes_of(tx: &mut Tx<'_>, person: UserId) -> Result<Vec<Bound>, Problem> {
    Ok(store::homes_of(tx, person)?.into_iter().map(told).collect())
}

/// The homes of a community that are bound today, by unit, at most `limit`.
///
/// # Errors
/// When the store refuses.
pub fn homes_in(tx: &mut Tx<'_>, community: i64, limit: i64) -> Result<Vec<Bound>, Problem> {
    Ok(store::homes_in(tx, community, limit)?.into_iter().map(told).collect())
}

/// The phones of a person, sealed, for telling them something.
///
/// # Errors
/// When the store refuses.
pub fn phones_of(tx: &mut Tx<'_>, person: UserId) -> Result<Vec<String>, Problem> {
    Ok(store::phones_of(tx, person)?)
}

fn told(it: Home) -> Bound {
    let Home { id, community, unit, person, bound_at, device, .. } = it;
    Bound { home: id, community, unit, person, bound_at, device }
}
