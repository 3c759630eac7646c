//! The pages of sessions: the list with the form to call one, and one with its record.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use web::{Asked, Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, SessionList, SessionView},
    types::{Calling, Ending, Recording},
};
use crate::committees::types::CommitteeId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/committees/{id}/sessions", get(list).post(call))
        .route("/committees/{id}/sessions/{n}", get(show).post(record))
        .route("/committees/{id}/sessions/{n}/publish", post(publish))
        .route("/committees/{id}/sessions/{n}/cancel", post(cancel))
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct ListPage {
    chrome: Chrome,
    id: CommitteeId,
    list: SessionList,
    form: Calling,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "session.html")]
struct ShowPage {
    chrome: Chrome,
    id: CommitteeId,
    view: SessionView,
    recording: Recording,
    ending: Ending,
    errors: Vec<FieldError>,
}

const TITLE: &str = "业委会会议";

async fn list(State(app): State<App>, caller: Caller, Path(id): Path<CommitteeId>) -> PageResult {
    show_list(&app, caller.chrome(TITLE), caller.ctx, id, Calling::default(), vec![]).await
}

async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CommitteeId,
    form: Calling,
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), Ctx { key: None, ..ctx });
    let list = app.store.read(ctx, move |tx| queries::list(tx, &vault, id)).await?;
    page(&ListPage { chrome: chrome.with_errors(&errors), id, list, form, errors })
}

async fn call(State(app): State<App>, Path(id): Path<CommitteeId>, posted: Posted<Calling>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::call(tx, &vault, id, &posted.form)).await {
        Ok(n) => redirect_saying(&format!("/assemblies/committees/{id}/sessions/{n}"), "已召集，议程已公布"),
        Err(Problem::Invalid(errors)) => {
            show_list(&app, posted.asked.chrome(TITLE), ctx, id, form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Default)]
struct Typed {
    recording: Recording,
    ending: Ending,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(of): Path<(CommitteeId, i64)>) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, of, Typed::default()).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    (id, n): (CommitteeId, i64),
    typed: Typed,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::session(tx, &vault, id, n)).await?;
    let Typed { recording, ending, errors } = typed;
    page(&ShowPage { chrome: chrome.with_errors(&errors), id, view, recording, ending, errors })
}

/// Where a verb of a session leads: back to it with a word, or with what is wrong beside what was typed.
async fn ended(
    app: &App,
    asked: Asked,
    ctx: Ctx,
    of: (CommitteeId, i64),
    done: Result<(), Problem>,
    (word, typed): (&str, Typed),
) -> PageResult {
    match done {
        Ok(()) => redirect_saying(&format!("/assemblies/committees/{}/sessions/{}", of.0, of.1), word),
        Err(Problem::Invalid(errors)) => {
            show_with(app, asked.chrome(TITLE), ctx, of, Typed { errors, ..typed }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn record(
    State(app): State<App>,
    Path(of): Path<(CommitteeId, i64)>,
    posted: Posted<Recording>,
) -> PageResult {
    let (ctx, recording, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::record(tx, &vault, of, &posted.form)).await;
    let typed = Typed { recording, ..Typed::default() };
    ended(&app, posted.asked, ctx, of, done, ("会议记录已登记", typed)).await
}

async fn publish(
    State(app): State<App>,
    Path(of): Path<(CommitteeId, i64)>,
    posted: Posted<Ending>,
) -> PageResult {
    let (ctx, ending, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::publish(tx, &vault, of, &posted.form)).await;
    ended(&app, posted.asked, ctx, of, done, ("决定已公布", Typed { ending, ..Typed::default() })).await
}

async fn cancel(
    State(app): State<App>,
    Path(of): Path<(CommitteeId, i64)>,
    posted: Posted<Ending>,
) -> PageResult {
    let (ctx, ending, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::cancel(tx, &vault, of, &posted.form)).await;
    ended(&app, posted.asked, ctx, of, done, ("会议已取消", Typed { ending, ..Typed::default() })).await
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl ShowPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn is_present(&self, at: &usize) -> bool {
        self.recording.present.contains(&at.to_string())
    }

    fn agreed(&self, item: &usize) -> &str {
        self.recording.agreed.get(*item).map_or("", String::as_str)
    }
}
