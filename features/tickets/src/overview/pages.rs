//! The page of the overview. Thin: ask, show.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use web::{Caller, Chrome, PageResult, page};

use super::queries::{self, OverviewView};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/overview", get(overview))
}

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    chrome: Chrome,
    view: OverviewView,
}

async fn overview(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("诉求形势");
    let view = app.store.read(caller.ctx, queries::overview).await?;
    page(&OverviewPage { chrome, view })
}
