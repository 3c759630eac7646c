//! 正面条件和负面清单 — who may stand for a committee, as a county publishes it; each version stays (FX-026, SC-026).

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

pub(crate) use policy::may_see;
pub(crate) use store::{newest, version};
