//! 我的诉求 — an owner's cases in one list: what they reported while signed in, and what they put there by its code.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod store;

pub(crate) use actions::put;
pub(crate) use policy::may_keep;
pub(crate) use queries::is_kept;
