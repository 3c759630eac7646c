//! The board of a community, a posting, and the form for objecting. Work without an account and without JavaScript.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use registry::communities::Found;
use serde::Deserialize;
use web::{Chrome, PageResult, Sent, Visitor, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, BoardView, PostedView, Posting},
};
use crate::{
    decisions::rules::DecisionRefusal, foundings::PostedGroup, objections::Raising, rolls::queries::RollView,
    voting,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/posted", get(boards))
        .route("/posted/{subject}", get(show))
        .route("/posted/{subject}/objections", post(object))
}

#[derive(Template)]
#[template(path = "boards.html")]
struct BoardsPage {
    chrome: Chrome,
    named: String,
    found: Vec<Found>,
    board: Option<BoardView>,
}

#[derive(Template)]
#[template(path = "posted_roll.html")]
struct RollPage {
    chrome: Chrome,
    view: RollView,
    form: Raising,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "posted_founding.html")]
struct FoundingPage {
    chrome: Chrome,
    view: PostedGroup,
    form: Raising,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "posted_decision.html")]
struct DecisionPage {
    chrome: Chrome,
    view: PostedView,
    form: Raising,
    /// Where this posting is, drawn to be scanned from the paper on the board.
    drawn: String,
    errors: Vec<FieldError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Where {
    named: String,
    community: String,
}

async fn boards(State(app): State<App>, visitor: Visitor, Query(query): Query<Where>) -> PageResult {
    let chrome = visitor.chrome("业主自治公示");
    let (named, chosen) = (query.named.clone(), query.community.parse::<i64>().ok());
    let vault = app.vault.clone();
    let read = app.store.read(visitor.ctx, move |tx| {
        let found = registry::communities::found(tx, &named)?;
        let board = chosen.map(|it| queries::board(tx, &vault, it.into())).transpose()?;
        Ok((found, board))
    });
    let (found, board) = read.await?;
    page(&BoardsPage { chrome, named: query.named, found, board })
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(subject): Path<i64>,
    headers: HeaderMap,
) -> PageResult {
    let (chrome, form) = (visitor.chrome("公示"), Raising::default());
    show_with(&app, chrome, visitor.ctx, (subject, &headers), form, vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    (subject, headers): (i64, &HeaderMap),
    form: Raising,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = kernel::Ctx { key: None, ..ctx };
    let chrome = chrome.with_errors(&errors);
    let vault = app.vault.clone();
    match app.store.read(ctx, move |tx| queries::posting(tx, &vault, subject)).await? {
        Posting::Founding(view) => page(&FoundingPage { chrome, view: *view, form, errors }),
        Posting::Roll(view) => page(&RollPage { chrome, view: *view, form, errors }),
        Posting::Decision(view) => {
            let address = web::address(app, headers, &format!("/assemblies/posted/{subject}"));
            let drawn = voting::pages::drawn(&address)?;
            page(&DecisionPage { chrome, view: *view, form, drawn, errors })
        }
    }
}

async fn object(
    State(app): State<App>,
    Path(subject): Path<i64>,
    headers: HeaderMap,
    sent: Sent<Raising>,
) -> PageResult {
    let (ctx, form, vault) = (sent.ctx.clone(), sent.form.clone(), app.vault.clone());
    let (asking, sender) = (kernel::Ctx { key: None, ..ctx.clone() }, sent.sender.clone());
    if !app.store.housekeep(asking, move |tx| actions::count_try(tx, &sender)).await? {
        return Err(Problem::from(DecisionRefusal::TooManyObjections).into());
    }
    let done = app.store.write(sent.ctx, move |tx| actions::object(tx, &vault, subject, &sent.form)).await;
    match done {
        Ok(()) => redirect_saying(&format!("/assemblies/posted/{subject}"), "异议已收到，答复会显示在本页"),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, sent.asked.chrome("公示"), ctx, (subject, &headers), form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl FoundingPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl RollPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl DecisionPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
