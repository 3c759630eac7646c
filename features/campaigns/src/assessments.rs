//! 测评 — score sheets on site, the rankings made of locked ones, and the list posted for 公示.

mod actions;
pub(crate) mod api;
mod data;
mod events;
pub(crate) mod explaining;
mod labels;
pub(crate) mod pages;
pub(crate) mod policy;
mod queries;
pub(crate) mod ranking;
mod rules;
pub(crate) mod store;
pub(crate) mod types;
pub(crate) use actions::standard_to_score_by;
#[cfg(feature = "seeding")]
pub(crate) use actions::{assign, lock, publish};
pub(crate) use policy::{may_rank, may_score};
pub(crate) use queries::notice;
pub(crate) use queries::{ItemView, my_sheets, open_sheets, sheet};
pub(crate) use queries::{counting_sheets, may_explain};
pub(crate) use rules::{last_day, mark as marked, must_be_open};
