//! 业主自治 — what the owners of a community decide together, and how anybody can check that it was counted right.
//!
//! Smaller rooms, in the order a decision goes through them: `rolls` (who votes, with which area), `decisions` (drafted,
//! reviewed, noticed, sealed, counted), `voting` (letters, ballots online and on paper), `enclosures` (papers beside a decision, scans of ballot papers), `mandates` (who votes in an owner's stead), `visits` (what was said at doors), `counting` (opened, counted, posted, final), `records` (the log everybody can check), `postings` (what everybody sees), `spot_checks` (owners are asked what they voted), `objections`, `executions` (what a decision leads to), `committees` (who sits until when, what is owed by which day),
//! `checklists` (a county's conditions), `advices` (on a committee's structure), `calls` (owners put themselves forward), `vettings` (who may stand), `foundings` (the group that prepares a first assembly or a re-election), `sessions` and `seals` (how a committee
//! meets and what it stamps), `oversight` (who watches it), `corrections` (what it is ordered to put right), `renewals` (works that need two consents); and `tallies`, the law's arithmetic, which needs none of them.

mod advices;
mod affairs;
mod agenda;
mod calls;
mod checklists;
mod committees;
mod corrections;
mod counting;
mod decisions;
mod enclosures;
mod executions;
mod foundings;
mod mandates;
mod notices;
mod objections;
mod oversight;
mod postings;
mod records;
mod renewals;
mod rolls;
mod seals;
mod sessions;
mod spot_checks;
mod tallies;
mod vettings;
mod visits;
mod voting;

#[cfg(feature = "seeding")]
pub mod seeding;

pub use records::{Verified, cosigning as witness, rules as log, verify_record};
pub use tallies::{
    Answered, Ballot, HeadRule, Refused, Roll, TallyResult, TallyRules, TotalsInput, TotalsResult, answered,
    read_ballots, read_roll, recompute, tally, tally_text,
};
pub(crate) use tallies::{head_of, known_matter};

use app::{App, MenuItem};
use axum::Router;
use kernel::Actor;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration { name: "assemblies_0001", sql: include_str!("../migrations/0001_rolls.sql") },
    ::store::Migration { name: "assemblies_0002", sql: include_str!("../migrations/0002_decisions.sql") },
    ::store::Migration { name: "assemblies_0003", sql: include_str!("../migrations/0003_committees.sql") },
    ::store::Migration { name: "assemblies_0004", sql: include_str!("../migrations/0004_vettings.sql") },
    ::store::Migration { name: "assemblies_0005", sql: include_str!("../migrations/0005_corrections.sql") },
    ::store::Migration { name: "assemblies_0006", sql: include_str!("../migrations/0006_homes.sql") },
    ::store::Migration { name: "assemblies_0007", sql: include_str!("../migrations/0007_sessions.sql") },
    ::store::Migration { name: "assemblies_0008", sql: include_str!("../migrations/0008_foundings.sql") },
    ::store::Migration { name: "assemblies_0009", sql: include_str!("../migrations/0009_oversight.sql") },
    ::store::Migration { name: "assemblies_0010", sql: include_str!("../migrations/0010_reports.sql") },
    ::store::Migration { name: "assemblies_0011", sql: include_str!("../migrations/0011_renewals.sql") },
    ::store::Migration { name: "assemblies_0012", sql: include_str!("../migrations/0012_cuts.sql") },
    ::store::Migration { name: "assemblies_0013", sql: include_str!("../migrations/0013_mandates.sql") },
    ::store::Migration { name: "assemblies_0014", sql: include_str!("../migrations/0014_visits.sql") },
    ::store::Migration { name: "assemblies_0015", sql: include_str!("../migrations/0015_witnesses.sql") },
    ::store::Migration { name: "assemblies_0016", sql: include_str!("../migrations/0016_grades.sql") },
    ::store::Migration { name: "assemblies_0017", sql: include_str!("../migrations/0017_cosigned.sql") },
    ::store::Migration { name: "assemblies_0018", sql: include_str!("../migrations/0018_spot_checks.sql") },
    ::store::Migration { name: "assemblies_0019", sql: include_str!("../migrations/0019_calls.sql") },
    ::store::Migration { name: "assemblies_0020", sql: include_str!("../migrations/0020_documents.sql") },
    ::store::Migration { name: "assemblies_0021", sql: include_str!("../migrations/0021_present.sql") },
    ::store::Migration { name: "assemblies_0022", sql: include_str!("../migrations/0022_objectors.sql") },
    ::store::Migration { name: "assemblies_0023", sql: include_str!("../migrations/0023_proposed.sql") },
    ::store::Migration {
        name: "assemblies_0024",
        sql: include_str!("../migrations/0024_open_objections.sql"),
    },
];

/// What of this room's follows a community that goes to another neighborhood.
pub const MOVED: &[&str] = &[
    include_str!("rolls/sql/moved.sql"),
    include_str!("decisions/sql/moved.sql"),
    include_str!("committees/sql/moved.sql"),
    include_str!("vettings/sql/moved.sql"),
    include_str!("foundings/sql/moved.sql"),
    include_str!("renewals/sql/moved.sql"),
    include_str!("calls/sql/moved.sql"),
];

/// Pages under `/assemblies`.
pub fn routes() -> Router<App> {
    let pages = decisions::pages::routes()
        .merge(decisions::review_pages::routes())
        .merge(rolls::pages::routes())
        .merge(committees::pages::routes())
        .merge(executions::pages::routes())
        .merge(vettings::pages::routes())
        .merge(checklists::pages::routes())
        .merge(advices::pages::routes())
        .merge(calls::pages::routes())
        .merge(corrections::pages::routes())
        .merge(sessions::pages::routes())
        .merge(oversight::pages::routes())
        .merge(foundings::pages::routes())
        .merge(renewals::pages::routes())
        .merge(seals::pages::routes())
        .merge(voting::pages::routes())
        .merge(enclosures::pages::routes())
        .merge(mandates::pages::routes())
        .merge(visits::pages::routes())
        .merge(spot_checks::pages::routes())
        .merge(voting::home_pages::routes())
        .merge(records::pages::routes())
        .merge(postings::pages::routes());
    Router::new().nest("/assemblies", pages).nest("/api/v1/assemblies", postings::api::routes())
}

/// What programs may ask of this room, as OpenAPI.
#[must_use]
pub fn api_doc() -> utoipa::openapi::OpenApi {
    <postings::api::Doc as utoipa::OpenApi>::openapi()
}

/// The clock's work: logs of votes that have grown are signed, so that what was put in cannot be taken out unseen.
///
/// # Errors
/// When the store refuses.
pub async fn sign_logs(app: &App) -> Result<usize, kernel::Problem> {
    let ctx = || app.ctx(Actor::public(), None);
    let grown = app.store.read(ctx(), |tx| Ok(records::unsigned(tx)?)).await?;
    let signed = grown.len();
    // One log a unit of work: a county full of votes never holds the writer for all of them at once.
    for id in grown {
        let vault = app.vault.clone();
        app.store.housekeep(ctx(), move |tx| records::checkpoint(tx, &vault, id)).await?;
    }
    Ok(signed)
}

/// What the hat worn has to do for the communities it serves, by day.
///
/// # Errors
/// When the store refuses.
pub fn agenda(app: &App, tx: &mut ::store::Tx<'_>) -> Result<Vec<app::Due>, kernel::Problem> {
    agenda::of(app, tx)
}

/// What this room offers in the menu.
#[must_use]
pub fn menu(actor: &Actor) -> Vec<MenuItem> {
    if actor.is(kernel::Role::Owner) {
        return vec![MenuItem { href: "/assemblies/mine", label: "我的表决" }];
    }
    let may = decisions::policy::may_list(actor).is_ok();
    may.then_some(MenuItem { href: "/assemblies", label: "业主自治" }).into_iter().collect()
}
