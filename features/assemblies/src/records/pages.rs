//! The pages of the log: for everybody, for a receipt, and the whole record for observers.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::IntoResponse as _,
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Chrome, PageResult, Posted, Sent, Visitor, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, LogView, ReceiptView},
    tiles,
    witnesses::{self, Registering, Withdrawing},
};
use crate::decisions::DecisionId;

/// Digits of a commitment that are enough to tell it by, as the receipt prints them.
const SHORTEST: usize = 8;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/posted/{id}/log", get(log))
        .route("/posted/{id}/receipt", get(receipt))
        .route("/posted/{id}/receipt.json", get(receipt_file))
        .route("/receipt-check.html", get(offline))
        .route("/posted/{id}/checkpoint", get(checkpoint))
        .route("/posted/{id}/tile/{level}/{*path}", get(tile))
        .route("/posted/{id}/cosignatures", post(cosign))
        .route("/decisions/{id}/witnesses", post(register))
        .route("/decisions/{id}/witnesses/end", post(withdraw))
        .route("/decisions/{id}/record", post(record))
}

#[derive(Template)]
#[template(path = "log.html")]
struct LogPage {
    chrome: Chrome,
    id: DecisionId,
    view: LogView,
    form: Registering,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "receipt_check.html")]
struct ReceiptPage {
    chrome: Chrome,
    id: DecisionId,
    asked: Asked,
    view: Option<ReceiptView>,
    errors: Vec<FieldError>,
}

impl ReceiptPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

async fn log(State(app): State<App>, visitor: Visitor, Path(id): Path<DecisionId>) -> PageResult {
    let (chrome, vault) = (visitor.chrome("表决日志"), app.vault.clone());
    let view = app.store.read(visitor.ctx, move |tx| queries::log(tx, &vault, id)).await?;
    page(&LogPage { chrome, id, view, form: Registering::default(), errors: vec![] })
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
    let (n, hash, vault) = (asked.number(), asked.hash.clone(), app.vault.clone());
    let wanted = !asked.n.is_empty() || !hash.is_empty();
    let errors = if wanted { asked.faults() } else { vec![] };
    let looks = wanted && errors.is_empty();
    let read = app.store.read(visitor.ctx, move |tx| match looks {
        true => queries::receipt(tx, &vault, id, n, &hash).map(Some),
        false => queries::noticed(tx, id).map(|_| None),
    });
    let view = read.await?;
    page(&ReceiptPage { chrome: chrome.with_errors(&errors), id, asked, view, errors })
}

impl Asked {
    fn number(&self) -> i64 {
        self.n.trim().parse().unwrap_or(-1)
    }

    /// What cannot be looked for at all: that is no ballot missing from the log.
    fn faults(&self) -> Vec<FieldError> {
        let (mut errors, hash) = (vec![], self.hash.trim());
        if self.number() < 0 {
            errors.push(FieldError::new("n", "请填写回执上的条数，只填数字"));
        }
        let is_hex = hash.bytes().all(|it| it.is_ascii_hexdigit());
        if hash.len() < SHORTEST || !is_hex {
            errors.push(FieldError::new("hash", "请照回执填写摘要，至少前8位，只有数字和a到f的字母"));
        }
        errors
    }
}

/// 回执文件: everything it takes to check a receipt without this house, beside the page that does it.
async fn receipt_file(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<DecisionId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let (n, vault) = (asked.number(), app.vault.clone());
    let view =
        app.store.read(visitor.ctx, move |tx| queries::receipt(tx, &vault, id, n, &asked.hash)).await?;
    if !view.found {
        return Err(Problem::NotFound.into());
    }
    let file = serde_json::json!({
        "format": "jiayuan-receipt/1",
        "decision": id.to_string(),
        "n": view.n,
        "leaf": view.leaf,
        "size": view.size,
        "proof": view.proof,
        "note": view.note,
        "key": view.key,
        "short": view.short,
    });
    let text = serde_json::to_vec_pretty(&file).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download("application/json", &format!("回执-{n}.json"), text))
}

/// The page that checks receipts from saved files, to be kept and opened without a network.
async fn offline(_visitor: Visitor) -> PageResult {
    let page = include_bytes!("../pages/offline/receipt-check.html").to_vec();
    Ok(web::download("text/html; charset=utf-8", "回执核验.html", page))
}

async fn checkpoint(State(app): State<App>, visitor: Visitor, Path(id): Path<DecisionId>) -> PageResult {
    let note = app.store.read(visitor.ctx, move |tx| tiles::checkpoint(tx, id)).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response())
}

async fn tile(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, level, path)): Path<(DecisionId, String, String)>,
) -> PageResult {
    let named = tiles::Named::parse(&level, &path).ok_or(Problem::NotFound)?;
    let bytes = app.store.read(visitor.ctx, move |tx| tiles::tile(tx, id, named)).await?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Cosigning {
    size: String,
    line: String,
}

async fn cosign(State(app): State<App>, Path(id): Path<DecisionId>, sent: Sent<Cosigning>) -> PageResult {
    let (vault, size) = (app.vault.clone(), sent.form.size.parse().unwrap_or(-1));
    // Anybody may knock: what is wrong, or was taken before, does not hold the writer.
    let (asking, line, own) =
        (kernel::Ctx { key: None, ..sent.ctx.clone() }, sent.form.line.clone(), vault.clone());
    let read = app.store.read(asking, move |tx| witnesses::is_taken(tx, &own, id, size, &line));
    if read.await? {
        return Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "已联署\n").into_response());
    }
    app.store.write(sent.ctx, move |tx| witnesses::cosign(tx, &vault, id, size, &sent.form.line)).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "已联署\n").into_response())
}

async fn withdraw(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    posted: Posted<Withdrawing>,
) -> PageResult {
    app.store.write(posted.ctx, move |tx| witnesses::withdraw(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/assemblies/posted/{id}/log"), "见证已撤销，日志里留有记录")
}

async fn register(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    posted: Posted<Registering>,
) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| witnesses::register(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/posted/{id}/log"), "见证已登记，请启动见证程序"),
        Err(Problem::Invalid(errors)) => {
            let ctx = kernel::Ctx { key: None, ..ctx };
            let view = app.store.read(ctx, move |tx| queries::log(tx, &vault, id)).await?;
            let chrome = posted.asked.chrome("表决日志").with_errors(&errors);
            page(&LogPage { chrome, id, view, form, errors })
        }
        Err(problem) => Err(problem.into()),
    }
}

impl LogPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
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
