//! 监督 — who watches a committee (监事会、执行监事), the audits of its accounts, and what its members did wrong.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::open;
pub(crate) use queries::{due, posted};
