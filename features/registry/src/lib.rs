//! 基础台账 — the places, the communities, the enterprises, and the dated records everything is judged by.
//!
//! Smaller rooms: `divisions`, `communities`, `enterprises`, `departments` (offices beside the bureau), `grids`, `moves` (what goes to
//! another neighborhood), `plans` (where a community lies, and its picture with marks), `records`, `imports`.

pub mod communities;
pub mod departments;
pub mod divisions;
pub mod enterprises;
mod grids;
mod history;
mod imports;
mod jobs;
mod moves;
pub mod plans;
pub mod records;

#[cfg(feature = "seeding")]
pub mod seeding;

use app::{App, MenuItem};
use axum::Router;
use kernel::{Actor, Scope};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration { name: "registry_0001", sql: include_str!("../migrations/0001_registry.sql") },
    ::store::Migration { name: "registry_0002_records", sql: include_str!("../migrations/0002_records.sql") },
    ::store::Migration {
        name: "registry_0003_import_blocks",
        sql: include_str!("../migrations/0003_import_blocks.sql"),
    },
    ::store::Migration { name: "registry_0004_stamps", sql: include_str!("../migrations/0004_stamps.sql") },
    ::store::Migration {
        name: "registry_0005_divisions",
        sql: include_str!("../migrations/0005_divisions.sql"),
    },
    ::store::Migration { name: "registry_0006_moves", sql: include_str!("../migrations/0006_moves.sql") },
    ::store::Migration { name: "registry_0007_plans", sql: include_str!("../migrations/0007_plans.sql") },
    ::store::Migration {
        name: "registry_0008_enterprises",
        sql: include_str!("../migrations/0008_enterprises.sql"),
    },
];

/// Pages under `/registry`, JSON under `/api/v1/registry`.
pub fn routes() -> Router<App> {
    let pages = Router::new()
        .nest("/divisions", divisions::pages::routes())
        .nest(
            "/communities",
            communities::pages::routes().merge(moves::pages::routes()).merge(plans::pages::routes()),
        )
        .nest("/departments", departments::pages::routes())
        .nest("/grids", grids::pages::routes())
        .nest("/enterprises", enterprises::pages::routes())
        .nest("/records", records::pages::routes())
        .nest("/imports", imports::pages::routes());
    let api = Router::new().nest("/communities", communities::api::routes());
    Router::new().nest("/registry", pages).nest("/api/v1/registry", api)
}

/// What programs may ask of this room, as OpenAPI.
#[must_use]
pub fn api_doc() -> utoipa::openapi::OpenApi {
    <communities::api::Doc as utoipa::OpenApi>::openapi()
}

/// What this room offers in the menu.
#[must_use]
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    let reads = |scope: Scope| scope != Scope::Nothing;
    let items = [
        (reads(communities::policy::visible(actor)), "/registry/communities", "小区"),
        (enterprises::policy::may_see(actor).is_ok(), "/registry/enterprises", "物业服务企业"),
        (reads(records::policy::visible(actor)), "/registry/records", "台账记录"),
    ];
    let items = items.into_iter().filter(|it| it.0).map(|(_, href, label)| (href, label));
    let tree = divisions::may_see_tree(actor).is_ok().then_some(("/registry/divisions", "区划"));
    let departments = departments::may_keep(actor).is_ok().then_some(("/registry/departments", "县直部门"));
    items.chain(tree).chain(departments).map(|(href, label)| MenuItem { href, label }).collect()
}

/// Every part of the world a post may be granted for: divisions, then enterprises, then communities.
///
/// # Errors
/// When the store refuses.
pub fn grantable(tx: &mut ::store::Tx<'_>) -> Result<Vec<(String, String)>, kernel::Problem> {
    Ok(tx.all(include_str!("divisions/sql/grantable.sql"), &[], |it| {
        Ok((format!("{}:{}", it.text("kind")?, it.int("number")?), it.text("name")?))
    })?)
}

/// Fills the index of words of a store that is older than it, while the house is open.
///
/// # Errors
/// When the store refuses.
pub async fn index(app: &App) -> Result<(), kernel::Problem> {
    jobs::index(app).await
}

/// What of this room's follows a community that goes to another neighborhood.
pub const MOVED: &[&str] = moves::jobs::MOVED;

/// Lets the rows of every room follow the communities that went to another neighborhood; `statements` are those of the rooms above,
/// each changing at most `$5` rows of a table. How many communities arrived whole.
///
/// # Errors
/// When the store refuses.
pub async fn follow_moves(app: &App, statements: &[&'static str]) -> Result<usize, kernel::Problem> {
    moves::jobs::follow(app, statements).await
}

/// Goes on with imports that a stop interrupted.
///
/// # Errors
/// When the store refuses.
pub async fn resume(app: &App) -> Result<(), kernel::Problem> {
    imports::resume(app).await
}
