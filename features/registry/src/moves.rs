//! 划转 — a community that goes to another neighborhood, and its rows in every room that follow it. The community itself moves at once;
//! the rest follows in small units, by a job that goes on after a stop, so that a large one never holds the writer.

mod actions;
mod events;
pub(crate) mod jobs;
pub(crate) mod pages;
mod queries;
mod store;
mod types;

pub(crate) use actions::begin;
