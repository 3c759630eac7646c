//! 业主委员会和物业管理委员会 — who sits on it until when, what it owes and by which day, who has left.

mod actions;
mod board;
mod by_elections;
mod coverage;
pub(crate) mod elections;
pub(crate) mod evaluations;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod schedule;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::{found, fulfil, leave};
pub(crate) use board::{CommitteeCard, card};
pub(crate) use elections::elects;
#[cfg(feature = "seeding")]
pub(crate) use queries::owed_by;
pub(crate) use queries::{
    before_in, ending, may_file, may_list, may_read, name, owed_soon, seen, sitting_in, sitting_names,
    watched_of,
};
pub(crate) use store::{load, tenant};
