//! 结构建议 — what the neighborhood's party organisation advises whoever prepares an election: party members, those who serve on both
//! sides, ages. One of its three rights; a warning, never a bar (SC-028, SC-029).

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
pub(crate) mod rules;
mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::give;
pub(crate) use policy::may_give;
pub(crate) use store::newest;
