//! Ids: one type per kind, unique without coordination, the tenant in their top bits.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;

use crate::Tenant;

/// Bits below the tenant: forty-one for milliseconds, seven to tell apart what one millisecond made.
const BELOW_TENANT: u32 = 48;
const BELOW_MILLISECOND: u32 = 7;
/// 2020-01-01T00:00:00Z: the day the ids count from, so that forty-one bits last until 2089.
const EPOCH_MILLISECONDS: i64 = 1_577_836_800_000;

/// Hands out ids. One per process; never the same twice, and never falling while the process lives.
#[derive(Debug)]
pub struct Ids {
    last: AtomicI64,
    house: u64,
}

impl Default for Ids {
    fn default() -> Self {
        static HOUSES: AtomicU64 = AtomicU64::new(1);
        Self { last: AtomicI64::default(), house: HOUSES.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Ids {
    /// Tells the houses of one process apart: what is kept in memory by an id is one house's.
    #[must_use]
    pub fn house(&self) -> u64 {
        self.house
    }

    /// A new id for `tenant`. Asked for more than the millisecond holds, it borrows from the next one.
    #[must_use]
    pub fn next(&self, tenant: Tenant, now: Timestamp) -> i64 {
        let from_clock = first_id(Tenant::from_number(0), now);
        let step = |last: i64| Some(from_clock.max(last + 1));
        let before = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step);
        let (Ok(before) | Err(before)) = before;
        (i64::from(tenant.number()) << BELOW_TENANT) | from_clock.max(before + 1)
    }
}

impl Tenant {
    /// The tenant a row lies with, read from its id alone.
    #[must_use]
    pub fn of_id(id: i64) -> Self {
        Self::from_number((id >> BELOW_TENANT) as u16 & 0x7fff)
    }
}

/// No id of a tenant that was made at this moment or later is smaller.
#[must_use]
pub fn first_id(tenant: Tenant, at: Timestamp) -> i64 {
    let from_clock = (at.as_millisecond() - EPOCH_MILLISECONDS).max(0) << BELOW_MILLISECOND;
    (i64::from(tenant.number()) << BELOW_TENANT) | from_clock
}

/// An id as it stands in a URL or in JSON: a positive whole number, written as text.
#[must_use]
pub fn parse_id(text: &str) -> Option<i64> {
    text.parse().ok().filter(|it| 0 < *it)
}

/// Declares an id, so that a community's can never be passed as a user's: `id!(CommunityId);`
///
/// In JSON an id is text, because a JavaScript number cannot hold it.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(i64);

        impl From<i64> for $name {
            fn from(raw: i64) -> Self {
                Self(raw)
            }
        }
        impl From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl $crate::reexport::serde::Serialize for $name {
            fn serialize<S: $crate::reexport::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.collect_str(&self.0)
            }
        }
        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as $crate::reexport::serde::Deserialize>::deserialize(from)?;
                let no = || $crate::reexport::serde::de::Error::custom("编号应为数字");
                $crate::parse_id(&text).map(Self).ok_or_else(no)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_carry_their_tenant() {
        let (ids, now) = (Ids::default(), "2024-08-20T01:00:00Z".parse().unwrap());
        let tenant = Tenant::from_number(7);
        let made: Vec<i64> = (0..1000).map(|_| ids.next(tenant, now)).collect();
        assert!(made.windows(2).all(|it| it[0] < it[1]));
        assert!(made.iter().all(|it| Tenant::of_id(*it) == tenant));
    }

    #[test]
    fn a_clock_set_back_makes_no_id_twice() {
        let ids = Ids::default();
        let first = ids.next(Tenant::from_number(1), "2024-08-20T01:00:00Z".parse().unwrap());
        let second = ids.next(Tenant::from_number(1), "2024-08-19T01:00:00Z".parse().unwrap());
        assert_eq!(second, first + 1);
    }
}
