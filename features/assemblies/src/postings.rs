//! 公示 — what everybody sees: rolls and results on the board, their objections. No name, no choice beside an area.

mod actions;
pub(crate) mod api;
pub(crate) mod pages;
mod policy;
mod queries;

pub(crate) use queries::{About, about};

#[cfg(feature = "seeding")]
pub(crate) use actions::object;
