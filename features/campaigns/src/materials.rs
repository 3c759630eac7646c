//! 附带材料 — what is written about every community recommended, beside its form: three sections, and an official paper.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod store;

pub(crate) use queries::{is_begun, is_complete};
pub(crate) use store::forget;
