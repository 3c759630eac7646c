//! 业主名册 — who votes, with which area: proposed from a sheet, posted, frozen by the street. Every count of a decision
//! rests on one frozen version and on nothing a request says.

mod actions;
mod events;
pub(crate) mod pages;
mod parts;
mod policy;
pub(crate) mod queries;
mod reading;
mod rules;
mod store;
pub(crate) mod types;

pub(crate) use actions::hex;
#[cfg(feature = "seeding")]
pub(crate) use actions::{freeze, post, propose};
pub(crate) use parts::{cut, foreseen, parts};
#[cfg(feature = "seeding")]
pub(crate) use reading::read as read_rows;
pub(crate) use rules::canonical;
pub(crate) use store::{
    load, number_of, proposed_in, unit, unit_of_door, units, units_of_building, units_of_owners,
};
