//! 创建安排 — how a county goes about its own choice: the way it declares, the places it sets itself, the projects it takes up.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::declare;
pub(crate) use queries::must_be_planned;
#[cfg(feature = "seeding")]
pub(crate) use types::PlanForm;
