//! The page of addresses. Thin: read the form, call the verb, show the page.

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
    actions, policy,
    queries::{self, CallbackView},
    types::{CallbackForm, CallbackId},
};
use crate::systems::types::System;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/callbacks", get(list).post(propose))
        .route("/callbacks/{id}/list", post(approve))
        .route("/callbacks/{id}/end", post(end))
}

const PAGE: &str = "/tickets/callbacks";

#[derive(Template)]
#[template(path = "callbacks.html")]
struct CallbacksPage {
    chrome: Chrome,
    callbacks: Vec<CallbackView>,
    without: Vec<System>,
    can_propose: bool,
    form: CallbackForm,
    errors: Vec<FieldError>,
}

async fn list(State(app): State<App>, caller: Caller) -> PageResult {
    show(&app, caller.chrome("回送地址"), caller.ctx, CallbackForm::default(), vec![]).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    form: CallbackForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let can_propose = policy::may_propose(&ctx.actor).is_ok();
    let (callbacks, without) = app.store.read(ctx, queries::all).await?;
    let chrome = chrome.with_errors(&errors);
    page(&CallbacksPage { chrome, callbacks, without, can_propose, form, errors })
}

async fn propose(State(app): State<App>, posted: Posted<CallbackForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("回送地址"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::propose(tx, &posted.form)).await {
        Ok(()) => redirect_saying(PAGE, "已登记，待安全管理员核准后开始回送"),
        Err(Problem::Invalid(errors)) => show(&app, chrome, ctx, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn approve(State(app): State<App>, Path(id): Path<CallbackId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::list(tx, id)).await?;
    redirect_saying(PAGE, "已核准，今后这个系统送来的诉求有进展会自动回送")
}

async fn end(State(app): State<App>, Path(id): Path<CallbackId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::end(tx, id)).await?;
    redirect_saying(PAGE, "已停用，不再回送")
}

impl CallbacksPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn systems(&self) -> Vec<(String, String)> {
        self.without.iter().map(|it| (it.id.to_string(), it.name.clone())).collect()
    }
}
