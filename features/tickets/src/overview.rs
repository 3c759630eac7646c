//! 诉求形势 — what the cases of a part of the world look like together: how many came day by day, how long the open ones have waited,
//! and where they are.

pub(crate) mod pages;
mod queries;
pub(crate) mod rules;
mod store;
