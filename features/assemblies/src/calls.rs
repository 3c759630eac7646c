//! 候选人征集、自荐与公告 — a period in which owners put themselves forward, who is taken into the vetting, and the announcement of
//! those who passed.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::{announce, open};
pub(crate) use policy::may_open;
pub(crate) use queries::{CallLine, PostedCall, closed_in, lines, posted};
