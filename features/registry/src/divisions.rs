//! 区划 — the tree of places, small and read often: a city, its counties, their subdistricts, their neighborhoods. Whatever
//! the house knows lies somewhere in it, and every post is held over a part of it; so it is the first thing entered.

mod actions;
pub(crate) mod adjusting;
mod events;
mod labels;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

pub(crate) use policy::may_see_tree;

/// 登记和修改区划, of this one.
pub(crate) fn may_shape(actor: &kernel::Actor, it: &Division) -> Result<kernel::Permit, kernel::Denied> {
    policy::may_shape(actor, &it.place(), it.kind)
}

#[cfg(feature = "seeding")]
pub(crate) use store::add;
pub use store::{
    below, cities, city_of, counties, county_names, county_of, division, neighborhoods, of_kind, of_tenant,
    place_for_new, place_of, street_of,
};
pub use types::{Division, DivisionId, Kind};
