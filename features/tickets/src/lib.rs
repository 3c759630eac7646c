//! 诉求与吹哨 — complaints in a closed loop with deadlines, and the three-level 吹哨报到.
//!
//! Smaller rooms: `profiles` (categories and clocks as data), `cases` (a case from report to rating), `reporting` (the
//! resident's side, without an account), `rates` (三率), `overview` (how cases look together), `systems` (hotlines and platforms with their keys), `callbacks` (what goes back to them), `findings` (what
//! cases become in the registers), `hotlines` (their cases as sheets), `mine` (an owner's own in one list) and `open311`
//! (the door existing civic apps know).

mod agenda;
mod batches;
mod callbacks;
mod cases;
mod enforcements;
mod findings;
mod hotlines;
mod joint;
mod meetings;
mod mine;
mod open311;
mod overview;
mod profiles;
mod rates;
mod reporting;
mod systems;
mod templates;
mod warnings;

#[cfg(feature = "seeding")]
pub mod seeding;

use app::{App, MenuItem};
use axum::Router;
use kernel::{Actor, Problem};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration { name: "tickets_0001", sql: include_str!("../migrations/0001_tickets.sql") },
    ::store::Migration { name: "tickets_0002_systems", sql: include_str!("../migrations/0002_systems.sql") },
    ::store::Migration {
        name: "tickets_0003_warnings",
        sql: include_str!("../migrations/0003_warnings.sql"),
    },
    ::store::Migration {
        name: "tickets_0004_callbacks",
        sql: include_str!("../migrations/0004_callbacks.sql"),
    },
    ::store::Migration {
        name: "tickets_0005_findings",
        sql: include_str!("../migrations/0005_findings.sql"),
    },
    ::store::Migration { name: "tickets_0006_told", sql: include_str!("../migrations/0006_told.sql") },
    ::store::Migration { name: "tickets_0007_lists", sql: include_str!("../migrations/0007_lists.sql") },
    ::store::Migration {
        name: "tickets_0008_meetings",
        sql: include_str!("../migrations/0008_meetings.sql"),
    },
    ::store::Migration { name: "tickets_0009_joint", sql: include_str!("../migrations/0009_joint.sql") },
    ::store::Migration {
        name: "tickets_0010_departments",
        sql: include_str!("../migrations/0010_departments.sql"),
    },
    ::store::Migration {
        name: "tickets_0011_refused_parts",
        sql: include_str!("../migrations/0011_refused_parts.sql"),
    },
    ::store::Migration { name: "tickets_0012_asked", sql: include_str!("../migrations/0012_asked.sql") },
    ::store::Migration { name: "tickets_0013_turns", sql: include_str!("../migrations/0013_turns.sql") },
    ::store::Migration { name: "tickets_0014_mine", sql: include_str!("../migrations/0014_mine.sql") },
    ::store::Migration { name: "tickets_0015_reviews", sql: include_str!("../migrations/0015_reviews.sql") },
    ::store::Migration { name: "tickets_0016_settled", sql: include_str!("../migrations/0016_settled.sql") },
    ::store::Migration { name: "tickets_0017_agenda", sql: include_str!("../migrations/0017_agenda.sql") },
    ::store::Migration { name: "tickets_0018_drafts", sql: include_str!("../migrations/0018_drafts.sql") },
    ::store::Migration {
        name: "tickets_0019_first_put",
        sql: include_str!("../migrations/0019_first_put.sql"),
    },
    ::store::Migration { name: "tickets_0020_merged", sql: include_str!("../migrations/0020_merged.sql") },
    ::store::Migration {
        name: "tickets_0021_counted_anew",
        sql: include_str!("../migrations/0021_counted_anew.sql"),
    },
];

/// Pages under `/tickets`.
pub fn routes() -> Router<App> {
    let pages = cases::pages::routes()
        .merge(cases::list_pages::routes())
        .merge(cases::desk_pages::routes())
        .merge(mine::pages::routes())
        .merge(reporting::report_pages::routes())
        .merge(reporting::track_pages::routes())
        .merge(reporting::find_pages::routes())
        .merge(reporting::codes::routes())
        .merge(reporting::feeds::routes())
        .merge(profiles::pages::routes())
        .merge(rates::pages::routes())
        .merge(overview::pages::routes())
        .merge(systems::pages::routes())
        .merge(callbacks::pages::routes())
        .merge(batches::pages::routes())
        .merge(enforcements::pages::routes())
        .merge(templates::pages::routes())
        .merge(findings::pages::routes())
        .merge(hotlines::pages::routes())
        .merge(meetings::pages::routes())
        .merge(joint::pages::routes())
        .merge(warnings::pages::routes());
    Router::new()
        .nest("/tickets", pages)
        .nest("/api/v1/tickets", cases::api::routes().merge(systems::api::routes()))
        .nest("/open311", open311::api::routes())
}

/// What programs may ask of this room, as OpenAPI.
#[must_use]
pub fn api_doc() -> utoipa::openapi::OpenApi {
    let mut doc = <cases::api::Doc as utoipa::OpenApi>::openapi();
    doc.merge(<systems::api::Doc as utoipa::OpenApi>::openapi());
    doc
}

/// What the hat worn has in hand and has to report in to, by day.
///
/// # Errors
/// When the store refuses.
pub fn agenda(app: &App, tx: &mut ::store::Tx<'_>) -> Result<Vec<app::Due>, Problem> {
    agenda::of(app, tx)
}

/// Who sends this room's messages, by their kinds.
pub const SENDERS: &[(&str, ::jobs::Send)] = &[(callbacks::jobs::KIND, callbacks::jobs::send)];

/// What of this room's follows a community that goes to another neighborhood.
pub const MOVED: &[&str] = &[
    include_str!("cases/sql/moved.sql"),
    include_str!("cases/sql/moved_whistles.sql"),
    include_str!("joint/sql/moved.sql"),
    include_str!("warnings/sql/moved.sql"),
];

/// Fills the index of words of a store that is older than it, while the house is open.
///
/// # Errors
/// When the store refuses.
pub async fn index(app: &App) -> Result<(), Problem> {
    cases::jobs::index(app).await
}

/// The clock's work: every case whose deadline has passed goes a step further, each exactly once.
///
/// # Errors
/// When the store refuses.
pub async fn wake_due(app: &App) -> Result<usize, Problem> {
    cases::jobs::wake_due(app).await
}

/// Looks for what the cases together say. Says how many warnings were raised.
///
/// # Errors
/// When the store refuses.
pub async fn look_for_warnings(app: &App) -> Result<usize, Problem> {
    warnings::look(app).await
}

/// Counts the months that are over, a few at a time. Says how many.
///
/// # Errors
/// When the store refuses.
pub async fn settle(app: &App) -> Result<usize, Problem> {
    rates::settled::settle(app).await
}

/// What this room offers in the menu.
#[must_use]
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    let cases = cases::policy::may_list(actor).ok().map(|_| MenuItem { href: "/tickets", label: "诉求" });
    let rates = cases::policy::may_see_rates(actor)
        .ok()
        .map(|_| MenuItem { href: "/tickets/rates", label: "诉求三率" });
    let systems = actor
        .is(kernel::Role::SystemAdministrator)
        .then_some(MenuItem { href: "/tickets/systems", label: "接入系统" });
    let callbacks = callbacks::may_see(actor)
        .ok()
        .map(|_| MenuItem { href: "/tickets/callbacks", label: "回送地址" });
    let meetings = meetings::may_list(actor)
        .ok()
        .map(|_| MenuItem { href: "/tickets/meetings", label: "联席会议议题" });
    let mine = mine::may_keep(actor).ok().map(|_| MenuItem { href: "/tickets/mine", label: "我的诉求" });
    cases.into_iter().chain(mine).chain(meetings).chain(rates).chain(systems).chain(callbacks).collect()
}
