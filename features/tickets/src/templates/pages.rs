//! The page of templates. Thin: read the form, call the verb, show the page.

use app::App;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions, queries,
    types::{Template, TemplateForm, TemplateId},
};
use crate::profiles::rules::categories;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/templates", get(list).post(add))
        .route("/templates/{id}", post(edit))
        .route("/templates/{id}/end", post(end))
}

const PAGE: &str = "/tickets/templates";

#[derive(askama::Template)]
#[template(path = "templates.html")]
struct ListPage {
    chrome: Chrome,
    templates: Vec<Template>,
    form: TemplateForm,
    /// The template whose change was refused.
    editing: Option<TemplateId>,
    errors: Vec<FieldError>,
}

async fn list(State(app): State<App>, caller: Caller) -> PageResult {
    show(&app, caller.chrome("答复模板"), caller.ctx, TemplateForm::default(), None, vec![]).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    form: TemplateForm,
    editing: Option<TemplateId>,
    errors: Vec<FieldError>,
) -> PageResult {
    let templates = app.store.read(ctx, queries::desk).await?;
    page(&ListPage { chrome: chrome.with_errors(&errors), templates, form, editing, errors })
}

async fn add(State(app): State<App>, posted: Posted<TemplateForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("答复模板"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::add(tx, &posted.form)).await {
        Ok(()) => redirect_saying(PAGE, "模板已建立，答复这类诉求时可以选用"),
        Err(Problem::Invalid(errors)) => show(&app, chrome, ctx, form, None, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn edit(
    State(app): State<App>,
    Path(id): Path<TemplateId>,
    posted: Posted<TemplateForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("答复模板"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::edit(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(PAGE, "模板已修改"),
        Err(Problem::Invalid(errors)) => show(&app, chrome, ctx, form, Some(id), errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn end(State(app): State<App>, Path(id): Path<TemplateId>, posted: Posted<TemplateForm>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::end(tx, id, &posted.form)).await?;
    redirect_saying(PAGE, "模板已停用")
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn options() -> Vec<(String, String)> {
        categories().iter().map(|it| (it.code.clone(), it.title.clone())).collect()
    }

    /// What stands in a template's own form: what was typed, where that was refused.
    fn shown<'a>(&'a self, it: &'a Template) -> (&'a str, &'a str) {
        if self.editing == Some(it.id) {
            (&self.form.title, &self.form.words)
        } else {
            (&it.title, &it.words)
        }
    }

    fn is_open(&self, it: &Template) -> bool {
        self.editing == Some(it.id)
    }

    /// What was typed for a new one, name and words.
    fn fresh(&self) -> (&str, &str) {
        if self.editing.is_none() { (&self.form.title, &self.form.words) } else { ("", "") }
    }
}
