//! 筹备 — the group that prepares a first assembly or a re-election: applied for, put together past its three gates
//! (推荐关、审核关、选举组织关), posted, at work, until the assembly it was formed for has decided.

mod actions;
mod conditions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::{apply, confirm, finish_task, put_together};
pub(crate) use queries::{
    FoundingLine, PostedGroup, due, heard_of, is_posted, of_community, posted, posting, unprepared,
};
