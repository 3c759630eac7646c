//! 抽查回访 — owners are asked what they voted: ballots drawn by dice thrown in public after the opening, call sheets, what was said,
//! and how sure one may be that few ballots are wrong. The owner is the paper trail.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
pub(crate) mod rules;
mod store;
mod types;

pub(crate) use queries::told;
