//! The pages of a community's material. Thin: read the form, call the verb, show the page.

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
    queries::{self, MaterialView},
};
use crate::{applications::types::ApplicationId, reports, reports::Typed};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/applications/{id}/material", get(show).post(save))
        .route("/applications/{id}/material.docx", get(paper))
}

#[derive(Template)]
#[template(path = "material.html")]
struct MaterialPage {
    chrome: Chrome,
    view: MaterialView,
    typed: Typed,
    errors: Vec<FieldError>,
    conflict: bool,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    let chrome = caller.chrome("小区基本情况材料");
    show_page(&app, chrome, caller.ctx, id, Typed::default(), vec![], false).await
}

async fn show_page(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: ApplicationId,
    typed: Typed,
    errors: Vec<FieldError>,
    conflict: bool,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::material(tx, &vault, id)).await?;
    page(&MaterialPage { chrome: chrome.with_errors(&errors), view, typed, errors, conflict })
}

async fn save(State(app): State<App>, Path(id): Path<ApplicationId>, posted: Posted<Typed>) -> PageResult {
    let (chrome, ctx, typed) =
        (posted.asked.chrome("小区基本情况材料"), posted.ctx.clone(), posted.form.clone());
    let vault = app.vault.clone();
    match app.store.write(posted.ctx, move |tx| actions::save(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/applications/{id}/material"), "材料已保存"),
        Err(Problem::Invalid(errors)) => show_page(&app, chrome, ctx, id, typed, errors, false).await,
        Err(Problem::Conflict) => show_page(&app, chrome, ctx, id, typed, vec![], true).await,
        Err(problem) => Err(problem.into()),
    }
}

/// 公文格式.
async fn paper(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    let (vault, today) = (app.vault.clone(), caller.ctx.today());
    let view = app.store.read(caller.ctx, move |tx| queries::material(tx, &vault, id)).await?;
    let title = format!("{}{}", view.community, view.title);
    let paper = reports::official(&title, &view.sections, &view.community, today)
        .map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(::documents::DOCX, &format!("{title}.docx"), paper))
}

impl MaterialPage {
    /// Title, text and place of each section: what was typed, or what stands.
    fn sections(&self) -> Vec<(usize, &str, &str)> {
        let typed = |n: usize| self.typed.get(&format!("section-{n}")).map(String::as_str);
        let kept = self.view.sections.iter().enumerate();
        kept.map(|(n, it)| (n, it.0.as_str(), typed(n).unwrap_or(&it.1))).collect()
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
