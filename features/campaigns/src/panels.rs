//! 测评组 — who scores in a campaign: member units' staff, experts, third parties (LA-022, LA-028). Nobody named means
//! whoever holds the post of assessor there.

mod actions;
mod events;
pub(crate) mod pages;
pub(crate) mod queries;
mod rules;
mod store;
mod types;

pub(crate) use queries::{holders, scorers};
pub(crate) use rules::read;
pub(crate) use store::save;
pub(crate) use types::{Holder, Member};
