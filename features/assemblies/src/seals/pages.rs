//! The page of a committee's seals: asked for, set or refused.

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
    queries::{self, SealsView},
    types::{Asking, Deciding, Seal},
};
use crate::committees::types::CommitteeId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/committees/{id}/seals", get(show).post(ask))
        .route("/committees/{id}/seals/decide", post(decide))
}

#[derive(Template)]
#[template(path = "seals.html")]
struct SealsPage {
    chrome: Chrome,
    id: CommitteeId,
    view: SealsView,
    seals: Vec<(String, String)>,
    asking: Asking,
    deciding: Deciding,
    errors: Vec<FieldError>,
}

#[derive(Default)]
struct Typed {
    asking: Asking,
    deciding: Deciding,
    errors: Vec<FieldError>,
}

const TITLE: &str = "用印";

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommitteeId>) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, id, Typed::default()).await
}

async fn show_with(app: &App, chrome: Chrome, ctx: Ctx, id: CommitteeId, typed: Typed) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::seals(tx, &vault, id)).await?;
    let seals = Seal::ALL.iter().map(|it| (it.1.to_owned(), it.2.to_owned())).collect();
    let Typed { asking, deciding, errors } = typed;
    page(&SealsPage { chrome: chrome.with_errors(&errors), id, view, seals, asking, deciding, errors })
}

async fn ask(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Asking>) -> PageResult {
    let (ctx, asking, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::ask(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}/seals"), "已申请，由社区用印"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { asking, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn decide(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Deciding>) -> PageResult {
    let (ctx, deciding, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::decide(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}/seals"), "已登记"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { deciding, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl SealsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
