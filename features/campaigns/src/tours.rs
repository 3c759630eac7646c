//! 离线评分 — sheets taken along on a phone, scored without a network, and brought home edit by edit: nothing lost,
//! nothing twice, and where two devices disagree their assessor chooses.

mod actions;
mod events;
pub(crate) mod pages;
pub(crate) mod queries;
mod rules;
mod scripts;
mod store;
pub(crate) mod types;
