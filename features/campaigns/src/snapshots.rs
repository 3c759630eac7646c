//! 台账数据核定 — what the registers say of a candidate is told of one day and kept, so that a ranking that was told or
//! posted does not move when a register does.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
pub(crate) mod queries;
mod rules;
mod store;
mod types;

pub(crate) use actions::settle_missing;
pub(crate) use queries::{facts_of, settled_on};
