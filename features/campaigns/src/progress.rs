//! 进展评估 — how far each county is, seen now and then by an assessor from outside, beside the house's own figures.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

/// Whether this hat assesses how far a campaign's counties are.
pub(crate) fn may_assess(actor: &kernel::Actor, owner: crate::openings::types::Owner) -> bool {
    policy::may_assess(actor, owner).is_ok()
}
