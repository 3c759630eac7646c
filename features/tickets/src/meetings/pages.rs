//! The page of the three agendas. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, page, redirect_saying};

use super::{
    actions,
    queries::{self, AgendaView},
    types::{Deciding, MatterId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/meetings", get(show)).route("/meetings/{id}", post(decide))
}

#[derive(Template)]
#[template(path = "meetings.html")]
struct MeetingsPage {
    chrome: Chrome,
    agendas: Vec<AgendaView>,
    /// The matter whose form was refused, and what was typed.
    refused: Option<MatterId>,
    form: Deciding,
    errors: Vec<FieldError>,
}

const TITLE: &str = "联席会议议题";

async fn show(State(app): State<App>, caller: Caller) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, None, Deciding::default(), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    refused: Option<MatterId>,
    form: Deciding,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = Ctx { key: None, ..ctx };
    let agendas = app.store.read(ctx, queries::agendas).await?;
    page(&MeetingsPage { chrome: chrome.with_errors(&errors), agendas, refused, form, errors })
}

async fn decide(State(app): State<App>, Path(id): Path<MatterId>, posted: Posted<Deciding>) -> PageResult {
    let (ctx, form) = (posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::decide(tx, id, &posted.form)).await {
        Ok(_) => redirect_saying("/tickets/meetings", "会议决定已登记"),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, posted.asked.chrome(TITLE), ctx, Some(id), form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl MeetingsPage {
    fn is_refused(&self, id: &MatterId) -> bool {
        self.refused == Some(*id)
    }
}
