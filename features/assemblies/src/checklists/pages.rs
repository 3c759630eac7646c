//! The page of a county's list. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, ChecklistView},
    types::Publishing,
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/checklists", get(show).post(publish))
}

const TITLE: &str = "候选人条件和负面清单";

#[derive(Template)]
#[template(path = "checklists.html")]
struct ChecklistPage {
    chrome: Chrome,
    view: ChecklistView,
    form: Publishing,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, None, vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    typed: Option<Publishing>,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(Ctx { key: None, ..ctx }, queries::list).await?;
    // The form begins with what is in force.
    let form = typed.unwrap_or_else(|| Publishing {
        conditions: view.current.conditions.join("\n"),
        negatives: view
            .current
            .negatives
            .iter()
            .map(|it| format!("{} {}", it.code, it.says))
            .collect::<Vec<_>>()
            .join("\n"),
        version: String::new(),
    });
    page(&ChecklistPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn publish(State(app): State<App>, posted: Posted<Publishing>) -> PageResult {
    let (ctx, form) = (posted.ctx.clone(), posted.form.clone());
    let done = app.store.write(posted.ctx, move |tx| {
        let tenant = queries::county(tx)?;
        actions::publish(tx, tenant, &posted.form)
    });
    match done.await {
        Ok(()) => redirect_saying("/assemblies/checklists", "已公布，以后提名的按新版联审"),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, posted.asked.chrome(TITLE), ctx, Some(form), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl ChecklistPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
