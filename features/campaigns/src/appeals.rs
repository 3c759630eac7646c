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

/// Whether something was raised about an application.
pub(crate) fn is_appealed(
    tx: &mut ::store::Tx<'_>,
    id: crate::applications::types::ApplicationId,
) -> Result<bool, kernel::Problem> {
    Ok(!store::of_application(tx, id)?.is_empty())
}

/// Whether this hat may read what was raised about an application.
pub(crate) fn may_see(
    actor: &kernel::Actor,
    place: &kernel::Place,
    party: crate::applications::types::Party,
) -> bool {
    policy::may_see(actor, place, party).is_ok()
}
