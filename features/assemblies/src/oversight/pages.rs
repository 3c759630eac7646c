//! The page of a committee's oversight: who watches, what is audited, what members did wrong.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, page, redirect_saying};

use super::{
    actions,
    queries::{self, OversightView},
    types::{Closing, Opening},
};
use crate::committees::types::CommitteeId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/committees/{id}/oversight", get(show).post(open))
        .route("/committees/{id}/oversight/close", post(close))
}

#[derive(Template)]
#[template(path = "oversight.html")]
struct OversightPage {
    chrome: Chrome,
    id: CommitteeId,
    view: OversightView,
    opening: Opening,
    closing: Closing,
    errors: Vec<FieldError>,
}

#[derive(Default)]
struct Typed {
    opening: Opening,
    closing: Closing,
    errors: Vec<FieldError>,
}

const TITLE: &str = "监督";

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommitteeId>) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, id, Typed::default()).await
}

async fn show_with(app: &App, chrome: Chrome, ctx: Ctx, id: CommitteeId, typed: Typed) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::oversight(tx, &vault, id)).await?;
    let Typed { opening, closing, errors } = typed;
    page(&OversightPage { chrome: chrome.with_errors(&errors), id, view, opening, closing, errors })
}

async fn open(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Opening>) -> PageResult {
    let (ctx, opening, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::open(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}/oversight"), "已登记"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { opening, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn close(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Closing>) -> PageResult {
    let (ctx, closing, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::close(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}/oversight"), "已登记"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { closing, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl OversightPage {
    /// What was typed into the form of this kind.
    fn typed(&self, kind: &str) -> Opening {
        if self.opening.kind == kind { self.opening.clone() } else { Opening::default() }
    }
}
