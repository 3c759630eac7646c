//! 申诉 — before the list is posted: the applicants read how they were scored, and what stands against them, and may have
//! one item, one gate or one veto looked at again.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

pub(crate) use queries::{are_told, due_of, must_be_settled, open_until, waiting, wants_scoring};

/// Whether this hat may read what was raised about an application.
pub(crate) fn may_see(
    actor: &kernel::Actor,
    place: &kernel::Place,
    channel: crate::applications::types::Channel,
) -> bool {
    policy::may_see(actor, place, channel).is_ok()
}
