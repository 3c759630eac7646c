//! 活动 — a campaign opened from a notice: its timetable, its quotas, who has signed for it.

mod actions;
pub(crate) mod api;
mod audiences;
mod data;
mod events;
mod offers;
pub(crate) mod opening_pages;
pub(crate) mod pages;
mod particulars;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rules;
pub(crate) mod store;
pub(crate) mod types;
#[cfg(feature = "seeding")]
pub(crate) use actions::{extend, open, sign};
pub(crate) use queries::{counties, going_on};
