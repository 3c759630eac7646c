//! 老旧小区改造的两个共识 — a project enters the plan when its residents agree on how the community is run afterwards, and begins
//! when they agree on the service and its fees (“改造提升”与“物业覆盖”双同步).

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;
