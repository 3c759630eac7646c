//! The pages of the log: for everybody, for a receipt, and the whole record for observers.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use serde::Deserialize;
use web::{Chrome, PageResult, Posted, Visitor, page};

use super::{
    actions,
    queries::{self, LogView, ReceiptView},
};
use crate::decisions::DecisionId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/posted/{id}/log", get(log))
        .route("/posted/{id}/receipt", get(receipt))
        .route("/decisions/{id}/record", post(record))
}

#[derive(Template)]
#[template(path = "log.html")]
struct LogPage {
    chrome: Chrome,
    id: DecisionId,
    view: LogView,
}

#[derive(Template)]
#[template(path = "receipt_check.html")]
struct ReceiptPage {
    chrome: Chrome,
    id: DecisionId,
    asked: Asked,
    view: Option<ReceiptView>,
}

async fn log(State(app): State<App>, visitor: Visitor, Path(id): Path<DecisionId>) -> PageResult {
    let (chrome, vault) = (visitor.chrome("表决日志"), app.vault.clone());
    let view = app.store.read(visitor.ctx, move |tx| queries::log(tx, &vault, id)).await?;
    page(&LogPage { chrome, id, view })
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Asked {
    n: String,
    hash: String,
}

async fn receipt(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<DecisionId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let chrome = visitor.chrome("核验回执");
    let (n, hash) = (asked.n.trim().parse::<i64>().unwrap_or(-1), asked.hash.clone());
    let wanted = !asked.n.is_empty();
    let read = app.store.read(visitor.ctx, move |tx| queries::receipt(tx, id, n, &hash));
    let view = Some(read.await?).filter(|_| wanted);
    page(&ReceiptPage { chrome, id, asked, view })
}

#[derive(Deserialize)]
struct Nothing {}

async fn record(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Nothing>) -> PageResult {
    let vault = app.vault.clone();
    // A download leads nowhere: the same button pressed again gives the same file again.
    let ctx = kernel::Ctx { key: None, ..posted.ctx };
    let bundle = app.store.write(ctx, move |tx| actions::take(tx, &vault, id)).await?;
    Ok(web::download("application/zip", "vote-record.zip", bundle))
}
