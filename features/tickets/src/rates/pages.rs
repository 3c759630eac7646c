//! The page of the rates. Thin: ask, show.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use kernel::Problem;
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, page};

use super::{
    documents,
    queries::{self, RatesView},
    rules,
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/rates", get(rates)).route("/rates/bulletin.docx", get(bulletin))
}

#[derive(Template)]
#[template(path = "rates.html")]
struct RatesPage {
    chrome: Chrome,
    view: RatesView,
    /// A period that was asked for and is none.
    unread: Option<String>,
}

impl RatesPage {
    fn version() -> &'static str {
        rules::VERSION
    }

    fn least() -> i64 {
        rules::LEAST_RANKED
    }

    fn left_out() -> &'static str {
        rules::LEFT_OUT
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Month {
    month: String,
}

async fn rates(State(app): State<App>, caller: Caller, Query(query): Query<Month>) -> PageResult {
    let chrome = caller.chrome("诉求三率");
    let typed = query.month.trim().to_owned();
    let view = app.store.read(caller.ctx, move |tx| queries::rates(tx, &query.month)).await?;
    let unread = Some(typed).filter(|it| !it.is_empty() && *it != view.period.code);
    page(&RatesPage { chrome, view, unread })
}

/// 通报 as an official paper.
async fn bulletin(State(app): State<App>, caller: Caller, Query(query): Query<Month>) -> PageResult {
    let today = caller.ctx.today();
    let view = app.store.read(caller.ctx, move |tx| queries::bulletin(tx, &query.month)).await?;
    let office = view.publishes.clone().unwrap_or_default();
    let paper = documents::bulletin(&view, &office, today).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(::documents::DOCX, &format!("{}诉求办理通报.docx", view.period.label), paper))
}
