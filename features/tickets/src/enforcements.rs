//! 执法下沉小区事项清单 — what a county's townships take in hand inside communities, on the notice board of each (SC-066,
//! SC-067).

pub(crate) mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

pub(crate) use queries::{for_category, in_force};
