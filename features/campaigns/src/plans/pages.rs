//! The pages of plans. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, PlanView},
    types::{CandidateForm, PlanForm},
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/plan", get(show).post(declare))
        .route("/{id}/candidates", post(take_up))
        .route("/{id}/candidates/{community}/drop", post(drop))
}

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage {
    chrome: Chrome,
    view: PlanView,
    form: PlanForm,
    candidate: CandidateForm,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let chrome = caller.chrome("创建安排");
    show_page(&app, chrome, caller.ctx, id, None, CandidateForm::default(), vec![]).await
}

async fn show_page(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CampaignId,
    form: Option<PlanForm>,
    candidate: CandidateForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::plan(tx, &vault, id)).await?;
    // The form stands as the county declared it.
    let form = form.unwrap_or_else(|| {
        view.lines.first().map_or_else(PlanForm::default, |it| PlanForm {
            selection: it.selection.clone(),
            mode: it.mode.map_or(String::new(), |it| it.code().to_owned()),
            places: it.places.to_string(),
            reason: it.reason.clone(),
        })
    });
    page(&PlanPage { chrome: chrome.with_errors(&errors), view, form, candidate, errors })
}

async fn declare(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<PlanForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("创建安排"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::declare(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}/plan"), "创建方式和名额已选定，市局能看到"),
        Err(Problem::Invalid(errors)) => {
            show_page(&app, chrome, ctx, id, Some(form), CandidateForm::default(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn take_up(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: Posted<CandidateForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("创建安排"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::take_up(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}/plan"), "已列入名单"),
        Err(Problem::Invalid(errors)) => show_page(&app, chrome, ctx, id, None, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn drop(
    State(app): State<App>,
    Path((id, community)): Path<(CampaignId, i64)>,
    posted: Posted<Nothing>,
) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::drop(tx, id, community)).await?;
    redirect_saying(&format!("/campaigns/{id}/plan"), "已移出名单")
}

impl PlanPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
