//! 书面报告 — what counties owe the campaign's owner by a day of the timetable, as pages and as official papers.

mod actions;
mod documents;
mod events;
pub(crate) mod pages;
mod policy;
pub(crate) mod queries;
mod rules;
mod store;
mod types;

pub(crate) use documents::official;
pub(crate) use rules::sections;
pub(crate) use types::Typed;
