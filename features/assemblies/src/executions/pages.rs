//! The execution of a decision on its own page: added to, and done.

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
    actions, queries,
    queries::ExecutionView,
    types::{Finishing, Planning},
};
use crate::decisions::{self, DecisionId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/decisions/{id}/executions", get(show).post(plan))
        .route("/decisions/{id}/executions/done", post(finish))
}

#[derive(Template)]
#[template(path = "executions.html")]
struct ExecutionsPage {
    chrome: Chrome,
    id: DecisionId,
    title: String,
    steps: Vec<ExecutionView>,
    can_plan: bool,
    planning: Planning,
    finishing: Finishing,
    errors: Vec<FieldError>,
}

#[derive(Default)]
struct Typed {
    planning: Planning,
    finishing: Finishing,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<DecisionId>) -> PageResult {
    show_with(&app, caller.chrome("决定的执行"), caller.ctx, id, Typed::default()).await
}

async fn show_with(app: &App, chrome: Chrome, ctx: kernel::Ctx, id: DecisionId, typed: Typed) -> PageResult {
    let read = app.store.read(kernel::Ctx { key: None, ..ctx }, move |tx| {
        let decision = decisions::visible_final(tx, id)?;
        let (steps, can_plan) = queries::of_decision(tx, id, &decision.place)?;
        Ok((decision.title, steps, can_plan))
    });
    let (title, steps, can_plan) = read.await?;
    let Typed { planning, finishing, errors } = typed;
    let chrome = chrome.with_errors(&errors);
    page(&ExecutionsPage { chrome, id, title, steps, can_plan, planning, finishing, errors })
}

async fn plan(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Planning>) -> PageResult {
    let (ctx, planning) = (posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::plan(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/decisions/{id}/executions"), "已增加"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { planning, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome("决定的执行"), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn finish(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Finishing>) -> PageResult {
    let (ctx, finishing) = (posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::finish(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/decisions/{id}/executions"), "已登记，公示页会显示"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { finishing, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome("决定的执行"), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl ExecutionsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
