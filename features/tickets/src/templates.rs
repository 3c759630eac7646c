//! 答复模板 — what a county's people answer again and again, by category, with a part that stays free.

pub(crate) mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

pub(crate) use queries::{for_category, words_of};
