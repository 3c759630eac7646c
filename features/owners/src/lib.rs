//! 业主账号 — letters that bind a home to a person, and the codes that let the person in again.
//!
//! Read in this order: `types`, `rules`, `policy`, `actions`; the rest is doors and drawers.

mod actions;
mod bindings;
mod entering;
mod events;
mod letter_pages;
mod letters;
mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

#[cfg(feature = "seeding")]
pub mod seeding;

pub use bindings::{Bound, bound, homes_in, homes_of, phones_of};
pub use types::HomeId;

use app::{App, MenuItem};
use axum::Router;
use kernel::{Actor, Role};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration { name: "owners_0001", sql: include_str!("../migrations/0001_owners.sql") },
    ::store::Migration { name: "owners_0002", sql: include_str!("../migrations/0002_devices.sql") },
];

/// What of this room's follows a community that goes to another neighborhood.
pub const MOVED: &[&str] = &[include_str!("sql/moved.sql")];

/// Pages under `/owners`.
pub fn routes() -> Router<App> {
    Router::new().nest("/owners", pages::routes().merge(letter_pages::routes()))
}

/// What this room offers in the menu.
#[must_use]
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    match actor.hat.role {
        Role::Owner => vec![MenuItem { href: "/owners", label: "我的家" }],
        Role::Neighborhood => vec![MenuItem { href: "/owners/letters", label: "业主来信" }],
        _ => vec![],
    }
}
