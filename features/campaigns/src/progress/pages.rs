//! The pages of progress. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, ProgressView},
    types::{AnswerForm, ProgressForm, ProgressId, Verdict},
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{id}/progress", get(show).post(assess)).route("/progress/{id}/answer", post(answer))
}

#[derive(Template)]
#[template(path = "progress.html")]
struct ProgressPage {
    chrome: Chrome,
    view: ProgressView,
    form: ProgressForm,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show_page(&app, caller.chrome("进展评估"), caller.ctx, id, ProgressForm::default(), vec![]).await
}

async fn show_page(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CampaignId,
    form: ProgressForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::progress(tx, id)).await?;
    page(&ProgressPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn assess(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: Posted<ProgressForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("进展评估"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::assess(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}/progress"), "评估已提交，县区可以回应"),
        Err(Problem::Invalid(errors)) => show_page(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn answer(
    State(app): State<App>,
    Path(id): Path<ProgressId>,
    posted: Posted<AnswerForm>,
) -> PageResult {
    let campaign = app.store.write(posted.ctx, move |tx| actions::answer(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/campaigns/{campaign}/progress"), "已回应")
}

impl ProgressPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn verdicts() -> Vec<(String, String)> {
        Verdict::ALL.into_iter().map(|it| (it.code().to_owned(), it.label().1.to_owned())).collect()
    }
}
