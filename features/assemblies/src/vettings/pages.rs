//! The pages of vetting: a community's candidates, and one with the departments' opinions.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use registry::communities::CommunityId;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, CandidateList, CandidateView},
    types::{Answering, CandidateId, Nominating, Nominator},
};
use crate::{advices::types::Advising, calls::types::Calling, committees::types::Origin};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/communities/{id}/candidates", get(list).post(nominate))
        .route("/candidates/{id}", get(show))
        .route("/candidates/{id}/opinions", post(answer))
        .route("/candidates/{id}/conclude", post(conclude))
}

#[derive(Template)]
#[template(path = "candidates.html")]
struct ListPage {
    chrome: Chrome,
    list: CandidateList,
    typed: Typed,
    origins: Vec<(String, String)>,
    nominators: Vec<(String, String)>,
}

/// What was typed into one of the page's forms, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) nominating: Nominating,
    pub(crate) advising: Advising,
    pub(crate) calling: Calling,
    pub(crate) errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "candidate.html")]
struct ShowPage {
    chrome: Chrome,
    view: CandidateView,
    form: Answering,
    errors: Vec<FieldError>,
}

async fn list(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    let chrome = caller.chrome("人选联审");
    show_list(&app, chrome, caller.ctx, id, Typed::default()).await
}

pub(crate) async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CommunityId,
    typed: Typed,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), kernel::Ctx { key: None, ..ctx });
    let list = app.store.read(ctx, move |tx| queries::list(tx, &vault, id)).await?;
    let own = |it: (&str, &str)| (it.0.to_owned(), it.1.to_owned());
    page(&ListPage {
        chrome: chrome.with_errors(&typed.errors),
        list,
        typed,
        origins: Origin::ALL.iter().map(|it| own((it.1, it.2))).collect(),
        nominators: Nominator::ALL.iter().map(|it| own((it.1, it.2))).collect(),
    })
}

async fn nominate(
    State(app): State<App>,
    Path(id): Path<CommunityId>,
    posted: Posted<Nominating>,
) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let calendar = app.calendar.clone();
    let done = app
        .store
        .write(posted.ctx, move |tx| actions::nominate(tx, &vault, &calendar, id, &posted.form))
        .await;
    match done {
        Ok(_) => redirect_saying(&format!("/assemblies/communities/{id}/candidates"), "已提名，开始联审"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { nominating: form, errors, ..Typed::default() };
            show_list(&app, posted.asked.chrome("人选联审"), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CandidateId>) -> PageResult {
    let chrome = caller.chrome("人选联审");
    show_with(&app, chrome, caller.ctx, id, Answering::default(), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CandidateId,
    form: Answering,
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), kernel::Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::candidate(tx, &vault, id)).await?;
    page(&ShowPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn answer(
    State(app): State<App>,
    Path(id): Path<CandidateId>,
    posted: Posted<Answering>,
) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::answer(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/candidates/{id}"), "意见已登记"),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, posted.asked.chrome("人选联审"), ctx, id, form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(serde::Deserialize)]
struct Nothing {}

async fn conclude(
    State(app): State<App>,
    Path(id): Path<CandidateId>,
    posted: Posted<Nothing>,
) -> PageResult {
    let vault = app.vault.clone();
    app.store.write(posted.ctx, move |tx| actions::conclude(tx, &vault, id)).await?;
    redirect_saying(&format!("/assemblies/candidates/{id}"), "已作出结论")
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.typed.errors, field)
    }

    fn is_checked(&self, n: &usize) -> bool {
        self.typed.nominating.condition.contains(&n.to_string())
    }
}

impl ShowPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
