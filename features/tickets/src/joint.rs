//! 协同办理 — one unit keeps the lead of a case; others are asked for their part, by a day, and the answer waits for them.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::ask;
pub(crate) use actions::must_be_done;
pub(crate) use queries::{JointView, asked, of_ticket, open_of};
