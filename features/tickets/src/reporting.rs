//! 群众端 — reporting without an account, tracking by code, and what only the reporter may do.

mod actions;
pub(crate) mod codes;
pub(crate) mod pages;
mod queries;
mod rules;

#[cfg(feature = "seeding")]
pub(crate) use actions::rate_marked;
pub(crate) use queries::{category_label, number_of, slot_label};
