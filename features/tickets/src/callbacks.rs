//! 回送 — what becomes of a case goes back to the system that sent it, signed, to an address two people listed.

mod actions;
mod events;
pub(crate) mod jobs;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

pub(crate) use actions::tell;
pub(crate) use policy::may_see;
