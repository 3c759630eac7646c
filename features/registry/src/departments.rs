//! 县直部门 — the offices of a county that may be given a case or a part of one, each with a desk in the house.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

pub(crate) use policy::may_keep;
#[cfg(feature = "seeding")]
pub(crate) use store::add;
pub use store::{load, name_of, of_county};
pub use types::{Department, DepartmentId};
