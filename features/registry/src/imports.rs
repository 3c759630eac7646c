//! 导入 — a file on its way into a register: staged, mapped, examined whole, then applied in small units.

mod actions;
mod events;
mod job;
pub(crate) mod pages;
mod policy;
mod rules;
mod store;
mod types;

pub(crate) use job::resume;
