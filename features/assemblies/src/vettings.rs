//! 人选联审 — candidates for a committee, each department's opinion on them, and the street's conclusion; who may know why.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::{answer, conclude, nominate};
pub(crate) use queries::{is_refused, refused_of, unvetted_of};
