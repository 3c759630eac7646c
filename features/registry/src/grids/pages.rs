//! The page of a neighborhood's grids.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, GridsView},
    types::GridForm,
};
use crate::divisions::DivisionId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{id}", get(show).post(keep))
}

#[derive(Template)]
#[template(path = "grids.html")]
struct GridsPage {
    chrome: Chrome,
    view: GridsView,
    form: GridForm,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<DivisionId>) -> PageResult {
    show_with(&app, caller.chrome("网格"), caller.ctx, id, GridForm::default(), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: DivisionId,
    form: GridForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = Ctx { key: None, ..ctx };
    let view = app.store.read(ctx, move |tx| queries::of(tx, id)).await?;
    page(&GridsPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn keep(State(app): State<App>, Path(id): Path<DivisionId>, posted: Posted<GridForm>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::keep(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/registry/grids/{id}"), "已保存"),
        Err(Problem::Invalid(errors)) => show_with(&app, asked.chrome("网格"), ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl GridsPage {
    /// The error of a field, beside the form it was typed in: that of a grid, or the new one's.
    fn error(&self, field: &str, grid: &str) -> Option<&str> {
        error_of(&self.errors, field).filter(|_| self.form.grid == grid)
    }

    /// What was typed last, or what there is.
    fn typed<'a>(&'a self, grid: &str, typed: &'a str, kept: &'a str) -> &'a str {
        if self.form.grid == grid && !self.errors.is_empty() { typed } else { kept }
    }
}
