//! 批量办理 — one verb for many cases: looked at before it is done, done whole or not at all, and taken back within minutes.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;
