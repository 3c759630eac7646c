//! 测评 — score sheets on site, the ranking made of locked ones, and the list posted for 公示.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;
#[cfg(feature = "seeding")]
pub(crate) use actions::assign;
