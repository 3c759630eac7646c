//! The page of an owner's cases. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::Problem;
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, page, redirect, redirect_saying};

use super::{
    actions,
    queries::{self, MineView},
};
use crate::cases::refusals::TicketRefusal;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/mine", get(mine).post(keep))
}

#[derive(Template)]
#[template(path = "tickets_mine.html")]
struct MinePage {
    chrome: Chrome,
    cases: Vec<MineView>,
    code: String,
    wrong: Option<String>,
}

async fn mine(State(app): State<App>, caller: Caller) -> PageResult {
    show(&app, caller.chrome("我的诉求"), caller.ctx, String::new(), None).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    code: String,
    wrong: Option<String>,
) -> PageResult {
    let (vault, calendar) = (app.vault.clone(), app.calendar.clone());
    let cases = app.store.read(ctx, move |tx| queries::mine(tx, &vault, &calendar)).await?;
    page(&MinePage { chrome, cases, code, wrong })
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Coded {
    code: String,
    /// From the case's own page.
    back: String,
}

async fn keep(State(app): State<App>, posted: Posted<Coded>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("我的诉求"), posted.ctx.clone(), posted.form);
    let (vault, code) = (app.vault.clone(), form.code.clone());
    let kept = app.store.write(posted.ctx, move |tx| actions::keep(tx, &vault, &code));
    match kept.await {
        Ok(()) if form.back == "yes" => {
            redirect_saying(&format!("/tickets/track/{}", form.code.trim()), "已收进“我的诉求”")
        }
        Ok(()) => redirect_saying("/tickets/mine", "已收进“我的诉求”"),
        Err(Problem::AlreadyDone { .. }) => redirect("/tickets/mine"),
        Err(Problem::NotFound) => {
            let wrong = Some(TicketRefusal::WrongCode.to_string());
            let ctx = kernel::Ctx { key: None, ..ctx };
            show(&app, chrome, ctx, form.code, wrong).await
        }
        Err(problem) => Err(problem.into()),
    }
}
