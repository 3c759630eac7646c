//! The pages of batches. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, header},
    routing::{get, post},
};
use kernel::{Ctx, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, page, redirect_saying};

use super::{
    actions,
    queries::{self, BatchView, PreviewView},
    types::{BatchForm, BatchId, Chosen, HANDLERS, Verb},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/batches", get(preview).post(run))
        .route("/batches/{id}", get(show))
        .route("/batches/{id}/undo", post(undo))
}

#[derive(Template)]
#[template(path = "batch_preview.html")]
struct PreviewPage {
    chrome: Chrome,
    view: PreviewView,
    form: BatchForm,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "batch.html")]
struct BatchPage {
    chrome: Chrome,
    view: BatchView,
}

#[derive(Deserialize)]
struct Nothing {}

/// What the ticked list leads to: nothing is done yet.
async fn preview(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> PageResult {
    let chosen: Chosen =
        serde_html_form::from_str(&query.unwrap_or_default()).map_err(|_| Problem::NotFound)?;
    let chrome = caller.chrome("批量办理");
    let shown = show_preview(&app, chrome, caller.ctx, chosen, BatchForm::default(), None).await;
    // Nothing ticked is told on the list it was to be ticked in.
    web::refused_back(shown, &list_of(&headers))
}

/// The list the form stood in, as the browser names it; the list itself where it names none.
fn list_of(headers: &HeaderMap) -> String {
    let from = headers.get(header::REFERER).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let question = from.split_once("/tickets?").map(|it| it.1).filter(|it| !it.contains('#'));
    question.map_or("/tickets".to_owned(), |it| format!("/tickets?{it}"))
}

async fn show_preview(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    chosen: Chosen,
    form: BatchForm,
    refused: Option<String>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::preview(tx, &chosen)).await?;
    page(&PreviewPage { chrome, view, form, refused })
}

async fn run(State(app): State<App>, posted: Posted<BatchForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("批量办理"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::run(tx, &posted.form)).await {
        Ok(id) => redirect_saying(&format!("/tickets/batches/{id}"), "已批量办理"),
        Err(Problem::Refused { message, .. }) => {
            let chosen = Chosen { verb: form.verb.clone(), id: form.case.clone() };
            show_preview(&app, chrome, ctx, chosen, form, Some(message)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<BatchId>) -> PageResult {
    let chrome = caller.chrome("批量办理");
    let view = app.store.read(caller.ctx, move |tx| queries::batch(tx, id)).await?;
    page(&BatchPage { chrome, view })
}

async fn undo(State(app): State<App>, Path(id): Path<BatchId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::undo(tx, id)).await?;
    redirect_saying(&format!("/tickets/batches/{id}"), "整批已撤销，各件回到办理之前的状态")
}

impl PreviewPage {
    fn dispatches(&self) -> bool {
        self.view.verb == Verb::Dispatch
    }

    fn handlers() -> [(&'static str, &'static str); 4] {
        HANDLERS
    }
}
