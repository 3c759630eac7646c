//! 纸质票录入 — the page two people type a sheet on, each without seeing what the other typed.

use std::collections::BTreeMap;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying, redirect_warning};

use super::{
    paper,
    queries::{self, PapersView, SheetsView},
    types::SheetState,
};
use crate::decisions::DecisionId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/decisions/{id}/sheets", get(show).post(enter))
        .route("/decisions/{id}/sheets/void", post(void))
        .route("/decisions/{id}/papers", get(papers))
}

#[derive(Template)]
#[template(path = "sheets_paper.html")]
struct SheetsPage {
    chrome: Chrome,
    view: SheetsView,
    typed: BTreeMap<String, String>,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "papers.html")]
struct PapersPage {
    chrome: Chrome,
    view: PapersView,
    /// Where the notice is, drawn once for all papers.
    drawn: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Where {
    building: String,
}

/// 打印纸质表决票: one a unit, numbered as the roll orders them.
async fn papers(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<DecisionId>,
    Query(query): Query<Where>,
) -> PageResult {
    let chrome = caller.chrome("纸质表决票");
    let drawn = super::pages::drawn(&web::address(&app, &headers, &format!("/assemblies/posted/{id}")))?;
    let view = app.store.read(caller.ctx, move |tx| queries::papers(tx, id, &query.building)).await?;
    page(&PapersPage { chrome, view, drawn })
}

impl PapersPage {
    /// The drawing's own measure, so that it can be shown again at another size.
    fn measure(&self) -> &str {
        self.drawn.split("viewBox=\"").nth(1).and_then(|it| it.split('"').next()).unwrap_or("0 0 120 120")
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<DecisionId>) -> PageResult {
    let now = kernel::beijing_minute(caller.ctx.now);
    // The day only: a time filled in by the clock would differ between the two who type.
    let day = now.split_once(' ').map_or("", |it| it.0).to_owned();
    let typed = [("received_on".to_owned(), day)].into();
    show_with(&app, caller.chrome("纸质票录入"), caller.ctx, id, typed, vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: DecisionId,
    typed: BTreeMap<String, String>,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = kernel::Ctx { key: None, ..ctx };
    let view = app.store.read(ctx, move |tx| queries::sheets(tx, id)).await?;
    page(&SheetsPage { chrome: chrome.with_errors(&errors), view, typed, errors })
}

async fn enter(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    posted: Posted<BTreeMap<String, String>>,
) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| paper::enter(tx, &vault, id, &posted.form)).await;
    let to = format!("/assemblies/decisions/{id}/sheets");
    match done {
        Ok((SheetState::Once, _)) => redirect_saying(&to, "第一遍已录入，请由另一个人录第二遍"),
        Ok((SheetState::Differs, in_what)) => {
            let said = format!("两遍的{}不一致。请两人对照原票，从头再录", in_what.join("、"));
            redirect_warning(&to, &said)
        }
        Ok(_) => redirect_saying(&to, "两遍一致，已计为一票"),
        // What the sheet itself says is wrong stands beside the form, with all that was typed.
        Err(Problem::Refused { message, .. }) => {
            let (chrome, errors) =
                (posted.asked.chrome("纸质票录入"), vec![FieldError::new("number", message)]);
            show_with(&app, chrome, ctx, id, form, errors).await
        }
        Err(Problem::Invalid(errors)) => {
            let chrome = posted.asked.chrome("纸质票录入");
            show_with(&app, chrome, ctx, id, form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Voiding {
    number: String,
    reason: String,
}

async fn void(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Voiding>) -> PageResult {
    let ctx = posted.ctx.clone();
    let done = app
        .store
        .write(posted.ctx, move |tx| paper::void(tx, id, &posted.form.number, &posted.form.reason))
        .await;
    match done {
        Ok(()) => redirect_saying(&format!("/assemblies/decisions/{id}/sheets"), "已作废，编号可以重新录入"),
        Err(Problem::Invalid(errors)) => {
            let chrome = posted.asked.chrome("纸质票录入");
            show_with(&app, chrome, ctx, id, BTreeMap::new(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl SheetsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn typed(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", String::as_str)
    }

    fn is_chosen(&self, field: &str, answer: &str) -> bool {
        self.typed(field) == answer
    }
}
