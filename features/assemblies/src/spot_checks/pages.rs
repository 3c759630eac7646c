//! The page of those who ask owners what they voted: drawn, printed, answered.

use std::collections::BTreeMap;

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
    queries::{self, SpotChecksView},
    types::Drawing,
};
use crate::decisions::DecisionId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/decisions/{id}/spot-checks", get(show).post(draw))
        .route("/decisions/{id}/spot-checks/calls", post(hear))
}

#[derive(Template)]
#[template(path = "spot_checks.html")]
struct SpotChecksPage {
    chrome: Chrome,
    view: SpotChecksView,
    form: Drawing,
    /// What was typed of a call.
    said: BTreeMap<String, String>,
    errors: Vec<FieldError>,
}

const TITLE: &str = "抽查回访";

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<DecisionId>) -> PageResult {
    let typed = (Drawing::default(), BTreeMap::new());
    show_with(&app, caller.chrome(TITLE), caller.ctx, id, typed, vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: DecisionId,
    (form, said): (Drawing, BTreeMap<String, String>),
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::spot_checks(tx, &vault, id)).await?;
    page(&SpotChecksPage { chrome: chrome.with_errors(&errors), view, form, said, errors })
}

async fn draw(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Drawing>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::draw(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&to(id), "已抽取，名单和骰子点数已记入日志"),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, (form, BTreeMap::new()), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn hear(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    posted: Posted<BTreeMap<String, String>>,
) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::hear(tx, &vault, id, &posted.form)).await {
        Ok(state) => redirect_saying(&to(id), &format!("已登记：{}", state.label().1)),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, (Drawing::default(), form), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

fn to(id: DecisionId) -> String {
    format!("/assemblies/decisions/{id}/spot-checks")
}

impl SpotChecksPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    /// Whether this call's form is the one that was just sent.
    fn is_open(&self, place: &i64) -> bool {
        self.said.get("place").is_some_and(|it| *it == place.to_string())
    }

    fn said(&self, field: &str) -> &str {
        self.said.get(field).map_or("", String::as_str)
    }
}
