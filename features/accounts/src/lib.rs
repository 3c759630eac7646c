//! 账号与权限 — who people are, which posts they hold, and under which hat they act just now.
//!
//! Read in this order: `types`, `rules`, `policy`, `actions`; the rest is doors and drawers.

mod actions;
mod audit;
mod entering;
mod events;
mod factor_pages;
mod labels;
mod owners;
mod pages;
mod passwords;
mod policy;
mod queries;
mod rules;
mod second_factor;
mod sessions;
mod store;
mod types;
mod view_pages;
mod views;

#[cfg(feature = "seeding")]
pub mod seeding;

pub use entering::open_session;
pub use labels::role as role_label;
pub use owners::{add_owner, bind_owner, end_sessions, unbind_owner};
pub use pages::{device, signed_in_as_owner};
pub use queries::{holders, names, wearing};
pub use types::FirstCode;
pub use views::views;

use app::{App, MenuItem};
use axum::Router;
use kernel::Actor;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration { name: "accounts_0001_users", sql: include_str!("../migrations/0001_users.sql") },
    ::store::Migration {
        name: "accounts_0002_first_offices",
        sql: include_str!("../migrations/0002_first_offices.sql"),
    },
    ::store::Migration { name: "accounts_0003_tries", sql: include_str!("../migrations/0003_tries.sql") },
    ::store::Migration {
        name: "accounts_0004_second_factor",
        sql: include_str!("../migrations/0004_second_factor.sql"),
    },
    ::store::Migration { name: "accounts_0005_views", sql: include_str!("../migrations/0005_views.sql") },
];

/// The pages under `/accounts`, and the demonstration's one-click log-in when the house is a demonstration.
pub fn routes(app: &App) -> Router<App> {
    Router::new().nest(
        "/accounts",
        pages::routes(app).merge(factor_pages::routes()).merge(view_pages::routes()).merge(audit::routes()),
    )
}

/// How the door asks who is signed in.
pub const SESSIONS: app::Sessions = app::Sessions {
    find: sessions::find,
    touch: sessions::touch,
    show_again: sessions::show_again,
    has_factor: sessions::has_factor,
};

/// What this room offers in the menu.
#[must_use]
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    let users = MenuItem { href: "/accounts/users", label: "账号与授权" };
    let audit = MenuItem { href: "/accounts/audit", label: "审计日志" };
    let shown = [policy::visible(actor).map(|()| users), policy::may_audit(actor).ok().map(|_| audit)];
    shown.into_iter().flatten().collect()
}

/// One code for each office nobody has held yet, of the two without which no house can be run. Printed on the console,
/// never stored in clear; an earlier start's codes end with this.
///
/// # Errors
/// When the store refuses.
pub async fn first_codes(app: &App) -> Result<Vec<FirstCode>, kernel::Problem> {
    actions::first_codes(app).await
}
