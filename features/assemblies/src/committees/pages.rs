//! The pages of committees: the list, one with its duties, the form of a new term.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use registry::communities::{CommunityId, CommunityView};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect, redirect_saying};

use super::{
    actions, by_elections,
    coverage::{self, CoverageView},
    elections,
    queries::{self, CommitteeList, CommitteeView},
    types::{CommitteeId, Filling, Founding, Fulfilling, Grade, Leaving, Origin, Post},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/committees", get(list))
        .route("/committees/coverage", get(covered))
        .route("/communities/{id}/committees/new", get(blank))
        .route("/communities/{id}/committees", post(found))
        .route("/committees/{id}", get(show))
        .route("/committees/{id}/duties", post(fulfil))
        .route("/committees/{id}/leave", post(leave))
        .route("/committees/{id}/fill", post(fill))
}

#[derive(Template)]
#[template(path = "committees.html")]
struct ListPage {
    chrome: Chrome,
    list: CommitteeList,
    ending: bool,
}

#[derive(Template)]
#[template(path = "committee.html")]
struct ShowPage {
    chrome: Chrome,
    view: CommitteeView,
    grades: &'static [(Grade, &'static str, &'static str)],
    fulfilling: Fulfilling,
    leaving: Leaving,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "committee_form.html")]
struct FormPage {
    chrome: Chrome,
    community: CommunityView,
    form: Founding,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    chrome: Chrome,
    view: CoverageView,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Where {
    within: String,
}

async fn covered(State(app): State<App>, caller: Caller, Query(place): Query<Where>) -> PageResult {
    let (chrome, vault) = (caller.chrome("覆盖情况"), app.vault.clone());
    let read = app.store.read(caller.ctx, move |tx| coverage::coverage(tx, &vault, &place.within));
    page(&CoveragePage { chrome, view: read.await? })
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Filter {
    ending: String,
    after: String,
}

async fn list(State(app): State<App>, caller: Caller, Query(filter): Query<Filter>) -> PageResult {
    let (chrome, vault) = (caller.chrome("业委会与物管会"), app.vault.clone());
    let ending = filter.ending == "yes";
    let list = app.store.read(caller.ctx, move |tx| queries::list(tx, &vault, ending, &filter.after)).await?;
    page(&ListPage { chrome, list, ending })
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct FromElection {
    election: String,
}

async fn blank(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CommunityId>,
    Query(from): Query<FromElection>,
) -> PageResult {
    let chrome = caller.chrome("登记业委会");
    let form = app.store.read(caller.ctx.clone(), move |tx| elections::begun(tx, id, &from.election)).await?;
    show_form(&app, chrome, caller.ctx, id, form, vec![]).await
}

async fn show_form(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CommunityId,
    form: Founding,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = kernel::Ctx { key: None, ..ctx };
    let community = app.store.read(ctx, move |tx| queries::blank(tx, id)).await?;
    page(&FormPage { chrome: chrome.with_errors(&errors), community, form, errors })
}

async fn found(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<Founding>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::found(tx, &vault, id, &posted.form)).await {
        Ok(made) => redirect(&format!("/assemblies/committees/{made}")),
        Err(Problem::Invalid(errors)) => {
            show_form(&app, posted.asked.chrome("登记业委会"), ctx, id, form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommitteeId>) -> PageResult {
    let chrome = caller.chrome("业委会");
    show_with(&app, chrome, caller.ctx, id, Fulfilling::default(), Leaving::default(), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CommitteeId,
    fulfilling: Fulfilling,
    leaving: Leaving,
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), kernel::Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::committee(tx, &vault, id)).await?;
    page(&ShowPage {
        chrome: chrome.with_errors(&errors),
        view,
        grades: &Grade::ALL,
        fulfilling,
        leaving,
        errors,
    })
}

async fn fulfil(
    State(app): State<App>,
    Path(id): Path<CommitteeId>,
    posted: Posted<Fulfilling>,
) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::fulfil(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}"), "已登记办结"),
        Err(Problem::Invalid(errors)) => {
            let chrome = posted.asked.chrome("业委会");
            show_with(&app, chrome, ctx, id, form, Leaving::default(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn leave(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Leaving>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::leave(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}"), "已登记离任"),
        Err(Problem::Invalid(errors)) => {
            let chrome = posted.asked.chrome("业委会");
            show_with(&app, chrome, ctx, id, Fulfilling::default(), form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn fill(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Filling>) -> PageResult {
    let (ctx, vault) = (posted.ctx.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| by_elections::fill(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}"), "已登记补选的委员"),
        Err(Problem::Invalid(errors)) => {
            let chrome = posted.asked.chrome("业委会");
            show_with(&app, chrome, ctx, id, Fulfilling::default(), Leaving::default(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl ShowPage {
    fn origins() -> [(Origin, &'static str, &'static str); 6] {
        Origin::ALL
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl FormPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    /// The members' own first: most of them are that.
    fn posts() -> Vec<(Post, &'static str, &'static str)> {
        Post::ALL.into_iter().rev().collect()
    }

    fn origins() -> [(Origin, &'static str, &'static str); 6] {
        Origin::ALL
    }

    /// The rows of the form: those typed, and some empty ones.
    fn rows(&self) -> Vec<usize> {
        (0..(self.form.name.len() + 2).max(13)).collect()
    }

    fn typed(column: &[String], n: &usize) -> String {
        column.get(*n).cloned().unwrap_or_default()
    }
}
