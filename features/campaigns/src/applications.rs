//! 申报 — 附件3 filled, reviewed by the street and the county, and recommended within the quota.

pub(crate) mod actions;
pub(crate) mod annexes;
pub(crate) mod api;
mod data;
mod documents;
mod events;
pub(crate) mod evidence;
pub(crate) mod evidence_pages;
pub(crate) mod labels;
pub(crate) mod pages;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rules;
pub(crate) mod store;
pub(crate) mod types;
#[cfg(feature = "seeding")]
pub(crate) use actions::{accept, begin, recommend, review, save, submit};
