//! The doors of joint handling; what they lead to stands on the case's own page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::Problem;
use web::{Caller, Chrome, PageResult, Posted, page, redirect_saying};

use super::{
    actions,
    queries::{self, OwnPart},
    types::{Asking, Closing},
};
use crate::cases::{pages::refused_with, types::TicketId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/joint", get(own))
        .route("/{id}/joint", post(ask))
        .route("/{id}/joint/close", post(close))
}

#[derive(Template)]
#[template(path = "joint.html")]
struct OwnPage {
    chrome: Chrome,
    parts: Vec<OwnPart>,
}

async fn own(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("协办记录");
    page(&OwnPage { chrome, parts: app.store.read(caller.ctx, queries::own).await? })
}

async fn ask(State(app): State<App>, Path(id): Path<TicketId>, posted: Posted<Asking>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::ask(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/tickets/{id}"), "已请协办，主办单位等反馈之后再答复"),
        Err(problem @ (Problem::Invalid(_) | Problem::Refused { .. })) => {
            refused_with(&app, &asked, ctx, id, ("joint", form.task), &problem).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn close(State(app): State<App>, Path(id): Path<TicketId>, posted: Posted<Closing>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::close(tx, id, &posted.form)).await {
        // What was given back is no affair of theirs any more: back to their own list.
        Ok(()) if form.outcome == "refused" => {
            redirect_saying("/tickets/joint", "已退回，并告知请协办的单位")
        }
        Ok(()) => redirect_saying(&format!("/tickets/{id}"), "已登记"),
        Err(problem @ (Problem::Invalid(_) | Problem::Refused { .. })) => {
            refused_with(&app, &asked, ctx, id, ("joint-close", form.words), &problem).await
        }
        Err(problem) => Err(problem.into()),
    }
}
