//! 案件 — a case from the report to the rating: the seven stages, their clocks, and the three whistle levels.

pub(crate) mod actions;
pub(crate) mod api;
pub(crate) mod bodies;
mod choices;
pub(crate) mod climbing;
mod columns;
pub(crate) mod corrections;
mod desk;
pub(crate) mod desk_pages;
mod events;
pub(crate) mod extensions;
pub(crate) mod filing;
pub(crate) mod filters;
pub(crate) mod forms;
pub(crate) mod intake;
pub(crate) mod jobs;
pub(crate) mod labels;
pub(crate) mod line;
pub(crate) mod list_pages;
pub(crate) mod listing;
pub(crate) mod lists;
pub(crate) mod notices;
pub(crate) mod pages;
mod parts;
pub(crate) mod photos;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod refusals;
pub(crate) mod rows;
pub(crate) mod rules;
mod sheets;
pub(crate) mod stages;
pub(crate) mod store;
mod tabs;
pub(crate) mod types;
mod whistle_views;
mod whistles;

/// What is wrong with a report, before anything is kept.
pub(crate) fn check(form: &forms::Intake) -> Result<(), kernel::Problem> {
    intake::intake(form, types::Channel::Web, None).map(|_| ())
}
