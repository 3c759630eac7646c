//! The page of a committee's corrections: ordered, and what came of each.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, CorrectionsView},
    rules::GROUNDS,
    types::{Closing, Ordering},
};
use crate::committees::types::CommitteeId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/committees/{id}/corrections", get(show).post(order))
        .route("/committees/{id}/corrections/close", post(close))
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct CorrectionsPage {
    chrome: Chrome,
    id: CommitteeId,
    view: CorrectionsView,
    grounds: Vec<(String, String)>,
    ordering: Ordering,
    closing: Closing,
    errors: Vec<FieldError>,
}

#[derive(Default)]
struct Typed {
    ordering: Ordering,
    closing: Closing,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommitteeId>) -> PageResult {
    show_with(&app, caller.chrome("纠错和退出"), caller.ctx, id, Typed::default()).await
}

async fn show_with(app: &App, chrome: Chrome, ctx: kernel::Ctx, id: CommitteeId, typed: Typed) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), kernel::Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::of_committee(tx, &vault, id)).await?;
    let Typed { ordering, closing, errors } = typed;
    let grounds = GROUNDS.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
    page(&CorrectionsPage {
        chrome: chrome.with_errors(&errors),
        id,
        view,
        grounds,
        ordering,
        closing,
        errors,
    })
}

async fn order(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Ordering>) -> PageResult {
    let (ctx, ordering, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::order(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}/corrections"), "已责令整改"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { ordering, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome("纠错和退出"), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn close(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Closing>) -> PageResult {
    let (ctx, closing, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::close(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{id}/corrections"), "已登记结果"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { closing, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome("纠错和退出"), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl CorrectionsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
