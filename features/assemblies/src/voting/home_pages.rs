//! 我的表决, and the list of odd bindings for those who watch over a vote.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use web::{Caller, Chrome, PageResult, page};

use super::homes::{self, BindingsView, OwnHomes};
use crate::decisions::DecisionId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/mine", get(mine)).route("/decisions/{id}/bindings", get(bindings))
}

#[derive(Template)]
#[template(path = "mine.html")]
struct MinePage {
    chrome: Chrome,
    homes: Vec<OwnHomes>,
}

#[derive(Template)]
#[template(path = "bindings.html")]
struct BindingsPage {
    chrome: Chrome,
    view: BindingsView,
}

async fn mine(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("我的表决");
    let homes = app.store.read(caller.ctx, homes::mine).await?;
    page(&MinePage { chrome, homes })
}

async fn bindings(State(app): State<App>, caller: Caller, Path(id): Path<DecisionId>) -> PageResult {
    let chrome = caller.chrome("账号绑定核查");
    let view = app.store.read(caller.ctx, move |tx| homes::bindings(tx, id)).await?;
    page(&BindingsPage { chrome, view })
}
