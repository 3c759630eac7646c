//! 满意度调查 — residents take part in judging: a survey of one community, answered once a household.
//!
//! Read in this order: `types`, `rules`, `policy`, `actions`; the rest is doors and drawers.

mod actions;
mod events;
mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

use app::{App, MenuItem};
use axum::Router;
use kernel::Actor;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] =
    &[::store::Migration { name: "surveys_0001", sql: include_str!("../migrations/0001_surveys.sql") }];

/// What of this room's follows a community that goes to another neighborhood.
pub const MOVED: &[&str] = &[include_str!("sql/moved.sql")];

/// Pages under `/surveys`.
pub fn routes() -> Router<App> {
    Router::new().nest("/surveys", pages::routes())
}

/// What this room offers in the menu.
#[must_use]
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    let item = MenuItem { href: "/surveys", label: "满意度调查" };
    policy::may_list(actor).map(|_| item).into_iter().collect()
}
