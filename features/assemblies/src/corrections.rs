//! 纠错和退出 — a committee is ordered to put something right by a day; it does, or it is elected anew, or the neighborhood
//! acts in its stead for as long as the owners have said so.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::order;
