//! Where a thing lies in the tree of places, and which part of the tree someone serves.

use serde::{Deserialize, Serialize};

/// A county, district or development zone: a small number, given once and never changed.
///
/// Division codes are attributes with validity; this is the key that rows are placed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tenant(u16);

impl Tenant {
    /// `number` is 1 to 32767; the sign bit of an id stays free.
    #[must_use]
    pub const fn from_number(number: u16) -> Self {
        Self(number & 0x7fff)
    }

    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// Where a thing lies: every growing row carries these, so that a scope is one equality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The city's division id.
    pub city: i64,
    /// The tenant's number; 0 for what belongs to the city itself.
    pub tenant: i64,
    pub subdistrict: i64,
    pub neighborhood: i64,
    pub community: i64,
    /// The enterprise that serves the community today, 0 when none does.
    pub enterprise: i64,
}

/// The part of the world a hat covers. A list takes one, and becomes one equality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    City(i64),
    County(Tenant),
    Subdistrict(i64),
    Neighborhood(i64),
    Community(i64),
    Enterprise(i64),
    /// A county's department: nothing by where it lies, only what was given to it.
    Department(i64),
    /// Nothing but what everybody may see.
    Nothing,
}

impl Scope {
    #[must_use]
    pub fn covers(&self, place: &Place) -> bool {
        match *self {
            Self::City(id) => place.city == id,
            Self::County(tenant) => place.tenant == i64::from(tenant.number()),
            Self::Subdistrict(id) => place.subdistrict == id,
            Self::Neighborhood(id) => place.neighborhood == id,
            Self::Community(id) => place.community == id,
            Self::Enterprise(id) => id != 0 && place.enterprise == id,
            Self::Department(_) | Self::Nothing => false,
        }
    }

    /// The block of a list statement this scope switches on, and the number it is equal to.
    #[must_use]
    pub fn equality(&self) -> (&'static str, i64) {
        match *self {
            Self::City(id) => ("city", id),
            Self::County(tenant) => ("county", i64::from(tenant.number())),
            Self::Subdistrict(id) => ("subdistrict", id),
            Self::Neighborhood(id) => ("neighborhood", id),
            Self::Community(id) => ("community", id),
            Self::Enterprise(id) => ("enterprise", id),
            Self::Department(id) => ("department", id),
            // No community has this number, so the list is empty.
            Self::Nothing => ("community", -1),
        }
    }

    /// The one county all of it lies in, where the scope itself tells.
    #[must_use]
    pub fn tenant(&self) -> Option<Tenant> {
        match *self {
            Self::County(tenant) => Some(tenant),
            Self::Community(id) => Some(Tenant::of_id(id)),
            _ => None,
        }
    }

    /// The kind and number a grant is stored with.
    #[must_use]
    pub fn code(&self) -> (&'static str, i64) {
        match self {
            Self::Nothing => ("nothing", 0),
            scope => scope.equality(),
        }
    }

    /// The scope that was stored with `kind` and `number`.
    #[must_use]
    pub fn from_code(kind: &str, number: i64) -> Self {
        match kind {
            "city" => Self::City(number),
            "county" => Self::County(Tenant::from_number(u16::try_from(number).unwrap_or(0))),
            "subdistrict" => Self::Subdistrict(number),
            "neighborhood" => Self::Neighborhood(number),
            "community" => Self::Community(number),
            "enterprise" => Self::Enterprise(number),
            "department" => Self::Department(number),
            _ => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_covers_what_lies_in_it_and_no_cousin() {
        let place =
            Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 0 };
        let covering = [
            Scope::City(1),
            Scope::County(Tenant::from_number(5)),
            Scope::Subdistrict(51),
            Scope::Neighborhood(511),
            Scope::Community(9),
        ];
        assert!(covering.iter().all(|it| it.covers(&place)));
        let elsewhere = [
            Scope::City(2),
            Scope::County(Tenant::from_number(6)),
            Scope::Subdistrict(52),
            Scope::Neighborhood(512),
            Scope::Community(8),
            Scope::Enterprise(0),
            Scope::Nothing,
        ];
        assert!(!elsewhere.iter().any(|it| it.covers(&place)));
    }

    #[test]
    fn a_scope_is_read_back_as_it_was_stored() {
        for scope in
            [Scope::City(3), Scope::County(Tenant::from_number(2)), Scope::Enterprise(8), Scope::Nothing]
        {
            let (kind, number) = scope.code();
            assert_eq!(Scope::from_code(kind, number), scope);
        }
    }
}
