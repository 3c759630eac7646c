//! 决定的执行 — what a final decision leads to: told to everybody, to the party organisation and the residents' committee,
//! carried out by a day, and published when it is done.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

pub(crate) use actions::begin;
#[cfg(feature = "seeding")]
pub(crate) use actions::{finish, plan};
pub(crate) use queries::{ExecutionView, of_decision};
