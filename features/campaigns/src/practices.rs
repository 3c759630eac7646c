//! 典型经验与宣传 — what worked, told by those who did it and published by the owner; and where the public was told.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;
