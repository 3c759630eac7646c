//! 业委会会议 — called a week ahead with its agenda, held with more than half of the members, decided by half of all of them,
//! posted within three days (指导规则 Art. 37 to 39).

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
pub(crate) mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::{call, publish, record};
pub(crate) use queries::{passed, posted, upcoming};
