//! 导入 — a file on its way into a register: staged, mapped, examined whole, then applied in small units.

mod actions;
mod events;
mod job;
pub(crate) mod pages;
mod policy;
mod rows;
mod rules;
mod store;
mod types;

pub(crate) use job::resume;

/// Whether this hat may bring a file in.
pub(crate) fn may_import(actor: &kernel::Actor) -> bool {
    policy::may_import(actor).is_ok()
}
