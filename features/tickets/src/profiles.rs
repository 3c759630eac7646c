//! 时限方案 — categories and deadline clocks as data, and which of them a county has confirmed.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
pub(crate) mod routes;
pub(crate) mod rules;
mod store;

pub(crate) mod types;

pub(crate) use queries::of_county;

/// Whether this hat is offered the page of clocks.
pub(crate) fn may_confirm(actor: &kernel::Actor) -> bool {
    policy::may_confirm(actor).is_ok()
}
