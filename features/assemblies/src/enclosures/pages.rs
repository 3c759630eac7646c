//! The doors of papers beside a decision: put there, opened, taken away.

use app::App;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use files::{AttachmentId, Kept, Media};
use kernel::Problem;
use serde::Deserialize;
use web::{Caller, PageResult, Posted, Uploaded, Visitor, redirect_saying};

use super::{actions, queries, rules::EnclosureRefusal};
use crate::decisions::DecisionId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/decisions/{id}/documents", post(enclose))
        .route("/decisions/{id}/documents/{file}", get(document))
        .route("/decisions/{id}/documents/{file}/take-away", post(take_away))
        .route("/posted/{id}/documents/{file}", get(posted))
        .route("/decisions/{id}/sheets/{number}/scans", post(scan))
        .route("/decisions/{id}/sheets/{number}/scans/{file}", get(scanned))
}

async fn keep(app: &App, sent: &Uploaded) -> Result<Kept, Problem> {
    let (media, bytes) = files::look(&sent.file).map_err(|it| EnclosureRefusal::WrongFile(it.to_string()))?;
    web::keep(app, media, bytes).await
}

/// Keeps what only few may see: a choice on paper, a guardian's certificate. It lies sealed, in the folder and in every backup of it.
pub(crate) async fn keep_sealed(app: &App, sent: &Uploaded) -> Result<Kept, Problem> {
    let (media, bytes) = files::look(&sent.file).map_err(|it| match it {
        files::Fault::Unknown => EnclosureRefusal::NoScan,
        other => EnclosureRefusal::WrongFile(other.to_string()),
    })?;
    if !media.is_picture() && media != Media::Pdf {
        return Err(EnclosureRefusal::NoScan.into());
    }
    web::keep_sealed(app, media, bytes).await
}

async fn enclose(State(app): State<App>, Path(id): Path<DecisionId>, sent: Uploaded) -> PageResult {
    web::refused_back(enclosed(app, id, sent).await, &format!("/assemblies/decisions/{id}"))
}

async fn enclosed(app: App, id: DecisionId, sent: Uploaded) -> PageResult {
    let asking = kernel::Ctx { key: None, ..sent.ctx.clone() };
    app.store.read(asking, move |tx| actions::may_enclose(tx, id)).await?;
    let kept = keep(&app, &sent).await?;
    let name = sent.file_name.clone();
    app.store.write(sent.ctx, move |tx| actions::enclose(tx, id, &name, &kept)).await?;
    redirect_saying(&format!("/assemblies/decisions/{id}"), "材料已上传，公告后所有人都能看到")
}

async fn document(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(DecisionId, AttachmentId)>,
) -> PageResult {
    let found = app.store.read(caller.ctx, move |tx| queries::document(tx, id, file)).await?;
    web::kept(&app, &found)
}

#[derive(Deserialize)]
struct Nothing {}

async fn take_away(
    State(app): State<App>,
    Path((id, file)): Path<(DecisionId, AttachmentId)>,
    posted: Posted<Nothing>,
) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::take_away(tx, id, file)).await?;
    redirect_saying(&format!("/assemblies/decisions/{id}"), "材料已移除")
}

async fn posted(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, file)): Path<(DecisionId, AttachmentId)>,
) -> PageResult {
    let found = app.store.read(visitor.ctx, move |tx| queries::posted(tx, id, file)).await?;
    web::kept(&app, &found)
}

async fn scan(
    State(app): State<App>,
    Path((id, number)): Path<(DecisionId, String)>,
    sent: Uploaded,
) -> PageResult {
    web::refused_back(scan_kept(app, id, number, sent).await, &format!("/assemblies/decisions/{id}/sheets"))
}

async fn scan_kept(app: App, id: DecisionId, number: String, sent: Uploaded) -> PageResult {
    let (asking, of) = (kernel::Ctx { key: None, ..sent.ctx.clone() }, number.clone());
    app.store.read(asking, move |tx| actions::may_scan(tx, id, &of)).await?;
    let kept = keep_sealed(&app, &sent).await?;
    let name = sent.file_name.clone();
    app.store.write(sent.ctx, move |tx| actions::scan(tx, id, &number, &name, &kept)).await?;
    redirect_saying(&format!("/assemblies/decisions/{id}/sheets"), "扫描件已上传，摘要已记入日志")
}

async fn scanned(
    State(app): State<App>,
    caller: Caller,
    Path((id, number, file)): Path<(DecisionId, String, AttachmentId)>,
) -> PageResult {
    let found = app.store.read(caller.ctx, move |tx| queries::scan(tx, id, &number, file)).await?;
    web::kept(&app, &found)
}
