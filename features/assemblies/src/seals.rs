//! 用印 — the seals of the assembly, the committee and its money: set only on what was decided, asked for by one person and
//! set by another, each use kept.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::{ask, decide};
