//! 表决代表 — who votes in an owner's stead: a proxy, a guardian, the one the co-owners chose. Registered by the neighborhood from a
//! paper, told to the owner, kept in the log of the vote; a proxy's ballot gives way to the owner's own.

mod actions;
mod events;
pub(crate) mod pages;
mod queries;
pub(crate) mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::register;
pub(crate) use actions::{signed_by, standing_for};
pub(crate) use store::of_code;
pub(crate) use store::of_decision;
