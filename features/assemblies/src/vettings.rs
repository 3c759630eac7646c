//! 人选联审 — candidates for a committee, each department's opinion on them, and the street's conclusion; who may know why.

mod actions;
mod events;
pub(crate) mod pages;
pub(crate) mod policy;
mod queries;
pub(crate) mod rules;
mod store;
pub(crate) mod types;

pub(crate) use actions::nominate_under;
#[cfg(feature = "seeding")]
pub(crate) use actions::{answer, conclude, nominate};
pub(crate) use queries::{is_refused, passed_since, refused_of, unvetted_of};
