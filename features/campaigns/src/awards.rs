//! 认定 — what follows the posted list: objections answered in the open, titles confirmed and entered in the honours
//! register, and the selections a notice leaves to people.

mod actions;
mod events;
mod exclusions;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;
pub(crate) use queries::{due_of, is_closed};
pub(crate) use rules::outcome;
pub(crate) use types::{AnswerForm, Outcome};
#[cfg(feature = "seeding")]
pub(crate) use {actions::award, types::AwardForm};
