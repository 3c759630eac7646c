//! 美好家园选树 — a campaign from its notice to the published list.
//!
//! Fifteen smaller rooms: `openings` (the campaign, its timetable and quotas), `plans` (how a county goes about its own
//! choice), `applications` (附件3, review and recommendation), `papers` (a county that works on paper), `materials` (what is written beside it), `assessments`
//! (score sheets, the rankings and the posted list), `panels` (who scores), `tours` (sheets scored without a network), `appeals` (scores and gates looked at again), `snapshots` (what the registers said, kept for the ranking), `progress` (how far
//! counties are), `awards` (objections, titles), `board` (all of it at a glance), `practices` (what worked, and who was told) and `reports` (what is
//! owed in writing).

mod agenda;
mod appeals;
mod applications;
mod assessments;
mod awards;
mod board;
mod materials;
mod notices;
mod openings;
mod packs;
mod panels;
mod papers;
mod plans;
mod practices;
mod progress;
mod reports;
mod snapshots;
mod tours;

#[cfg(feature = "seeding")]
pub mod seeding;

pub use packs::add_packs;

use app::{App, MenuItem};
use axum::Router;
use kernel::{Actor, Role};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration { name: "campaigns_0001", sql: include_str!("../migrations/0001_campaigns.sql") },
    ::store::Migration { name: "campaigns_0002_awards", sql: include_str!("../migrations/0002_awards.sql") },
    ::store::Migration {
        name: "campaigns_0003_reports",
        sql: include_str!("../migrations/0003_reports.sql"),
    },
    ::store::Migration { name: "campaigns_0004_tours", sql: include_str!("../migrations/0004_tours.sql") },
    ::store::Migration { name: "campaigns_0005_plans", sql: include_str!("../migrations/0005_plans.sql") },
    ::store::Migration {
        name: "campaigns_0006_practices",
        sql: include_str!("../migrations/0006_practices.sql"),
    },
    ::store::Migration {
        name: "campaigns_0007_appeals",
        sql: include_str!("../migrations/0007_appeals.sql"),
    },
    ::store::Migration { name: "campaigns_0008_papers", sql: include_str!("../migrations/0008_papers.sql") },
    ::store::Migration {
        name: "campaigns_0009_indexes",
        sql: include_str!("../migrations/0009_indexes.sql"),
    },
    ::store::Migration { name: "campaigns_0010_owners", sql: include_str!("../migrations/0010_owners.sql") },
    ::store::Migration {
        name: "campaigns_0011_exclusions",
        sql: include_str!("../migrations/0011_exclusions.sql"),
    },
    ::store::Migration {
        name: "campaigns_0012_snapshots",
        sql: include_str!("../migrations/0012_snapshots.sql"),
    },
    ::store::Migration {
        name: "campaigns_0013_openings",
        sql: include_str!("../migrations/0013_openings.sql"),
    },
    ::store::Migration {
        name: "campaigns_0014_subjects",
        sql: include_str!("../migrations/0014_subjects.sql"),
    },
    ::store::Migration {
        name: "campaigns_0015_roomy_sheets",
        sql: include_str!("../migrations/0015_roomy_sheets.sql"),
    },
    ::store::Migration {
        name: "campaigns_0016_parties",
        sql: include_str!("../migrations/0016_parties.sql"),
    },
];

/// What of this room's follows a community that goes to another neighborhood.
pub const MOVED: &[&str] = &[include_str!("applications/sql/moved.sql")];

/// Pages under `/campaigns`, JSON under `/api/v1/campaigns`.
pub fn routes() -> Router<App> {
    let pages = openings::pages::routes()
        .merge(openings::opening_pages::routes())
        .merge(applications::pages::routes())
        .merge(applications::begin_pages::routes())
        .merge(applications::list_pages::routes())
        .merge(applications::evidence_pages::routes())
        .merge(assessments::pages::routes())
        .merge(appeals::pages::routes())
        .merge(awards::pages::routes())
        .merge(board::pages::routes())
        .merge(materials::pages::routes())
        .merge(panels::pages::routes())
        .merge(papers::pages::routes())
        .merge(plans::pages::routes())
        .merge(practices::pages::routes())
        .merge(progress::pages::routes())
        .merge(reports::pages::routes())
        .merge(snapshots::pages::routes())
        .merge(tours::pages::routes());
    let api = openings::api::routes().merge(applications::api::routes()).merge(assessments::api::routes());
    Router::new().nest("/campaigns", pages).nest("/api/v1/campaigns", api)
}

/// What programs may ask of this room, as OpenAPI.
#[must_use]
pub fn api_doc() -> utoipa::openapi::OpenApi {
    let mut doc = <openings::api::Doc as utoipa::OpenApi>::openapi();
    doc.merge(<applications::api::Doc as utoipa::OpenApi>::openapi());
    doc.merge(<assessments::api::Doc as utoipa::OpenApi>::openapi());
    doc
}

/// What the hat worn has to do in the campaigns of its city, by day.
///
/// # Errors
/// When the store refuses.
pub fn agenda(app: &App, tx: &mut ::store::Tx<'_>) -> Result<Vec<app::Due>, kernel::Problem> {
    agenda::of(app, tx)
}

/// What this room offers in the menu.
#[must_use]
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    let assessor =
        actor.is(Role::Assessor).then_some(MenuItem { href: "/campaigns/sheets", label: "我的评分表" });
    let campaigns = openings::policy::may_see(actor)
        .is_ok()
        .then_some(MenuItem { href: "/campaigns", label: "选树活动" });
    // Whoever takes no part reads what is posted, as everybody may.
    let posted = (campaigns.is_none() && !actor.hat.role.is_administrator())
        .then_some(MenuItem { href: "/campaigns/posted", label: "公示" });
    assessor.into_iter().chain(campaigns).chain(posted).collect()
}
