//! 书面报告 — what counties owe the campaign's owner by a day of the timetable, as pages and as official papers.

mod actions;
mod documents;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;
