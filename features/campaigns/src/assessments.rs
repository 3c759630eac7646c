//! 测评 — score sheets on site, the rankings made of locked ones, and the list posted for 公示.

mod actions;
mod events;
mod labels;
pub(crate) mod pages;
mod policy;
mod queries;
pub(crate) mod ranking;
mod rules;
pub(crate) mod store;
pub(crate) mod types;
#[cfg(feature = "seeding")]
pub(crate) use actions::{assign, lock, publish};
pub(crate) use queries::may_explain;
pub(crate) use queries::notice;
pub(crate) use rules::last_day;
