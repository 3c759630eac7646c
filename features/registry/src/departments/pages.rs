//! The page of a county's departments.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions, queries,
    types::{Department, DepartmentForm},
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(show).post(keep))
}

#[derive(Template)]
#[template(path = "departments.html")]
struct DepartmentsPage {
    chrome: Chrome,
    departments: Vec<Department>,
    form: DepartmentForm,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller) -> PageResult {
    show_with(&app, caller.chrome("县直部门"), caller.ctx, DepartmentForm::default(), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    form: DepartmentForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = Ctx { key: None, ..ctx };
    let departments = app.store.read(ctx, queries::own).await?;
    page(&DepartmentsPage { chrome: chrome.with_errors(&errors), departments, form, errors })
}

async fn keep(State(app): State<App>, posted: Posted<DepartmentForm>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::keep(tx, &posted.form)).await {
        Ok(()) => {
            let ended = form.verb == "end";
            let words =
                if ended { "已撤销。请安全管理员收回这个部门的职务" } else { "已保存" };
            redirect_saying("/registry/departments", words)
        }
        Err(Problem::Invalid(errors)) => show_with(&app, asked.chrome("县直部门"), ctx, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl DepartmentsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
