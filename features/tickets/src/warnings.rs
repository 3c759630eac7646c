//! 预警 — what the cases together say before anybody complains again: raised by rules that are data, closed by a reaction.

mod actions;
mod events;
mod jobs;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

pub(crate) use jobs::look;

/// Whether this hat is shown warnings.
pub(crate) fn may_list(actor: &kernel::Actor) -> bool {
    policy::may_list(actor).is_ok()
}
