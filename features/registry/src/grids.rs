//! 网格 — the parts of a neighborhood, each looked after by a grid worker; codes begin with the neighborhood's.

mod actions;
mod events;
pub(crate) mod pages;
mod queries;
mod rules;
mod store;
mod types;

pub(crate) use store::of_neighborhood;
pub(crate) use types::Grid;
