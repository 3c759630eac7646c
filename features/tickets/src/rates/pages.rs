//! The page of the rates. Thin: ask, show.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, page};

use super::queries::{self, RatesView};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/rates", get(rates))
}

#[derive(Template)]
#[template(path = "rates.html")]
struct RatesPage {
    chrome: Chrome,
    view: RatesView,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Month {
    month: String,
}

async fn rates(State(app): State<App>, caller: Caller, Query(query): Query<Month>) -> PageResult {
    let chrome = caller.chrome("诉求三率");
    let view = app.store.read(caller.ctx, move |tx| queries::rates(tx, &query.month)).await?;
    page(&RatesPage { chrome, view })
}
