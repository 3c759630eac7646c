//! The page on which a community goes to another neighborhood.

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
    queries::{self, MoveView},
    types::Moving,
};
use crate::communities::CommunityId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{id}/move", get(show).post(act))
}

#[derive(Template)]
#[template(path = "community_move.html")]
struct MovePage {
    chrome: Chrome,
    view: MoveView,
    form: Moving,
    errors: Vec<FieldError>,
}

const TITLE: &str = "划归另一个社区";

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, id, Moving::default(), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CommunityId,
    form: Moving,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = Ctx { key: None, ..ctx };
    let view = app.store.read(ctx, move |tx| queries::of(tx, id)).await?;
    page(&MovePage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn act(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<Moving>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::move_community(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(
            &format!("/registry/communities/{id}"),
            "已划归，台账、诉求、表决等记录会在一分钟内随之划转",
        ),
        Err(Problem::Invalid(errors)) => show_with(&app, asked.chrome(TITLE), ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl MovePage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
