//! The pages of evidence: handed in beside a part of the application, looked at, taken away again.

use app::App;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use files::AttachmentId;
use serde::Deserialize;
use web::{Caller, PageResult, Posted, Uploaded, redirect_saying};

use super::{
    actions, evidence,
    rules::ApplicationRefusal,
    types::{ApplicationId, Reuse},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/applications/{id}/files", post(attach))
        .route("/applications/{id}/files/reuse", post(reuse))
        .route("/applications/{id}/files/{file}", get(show))
        .route("/applications/{id}/files/{file}/take-away", post(take_away))
}

async fn attach(State(app): State<App>, Path(id): Path<ApplicationId>, sent: Uploaded) -> PageResult {
    web::refused_back(attached(app, id, sent).await, &format!("/campaigns/applications/{id}"))
}

async fn attached(app: App, id: ApplicationId, sent: Uploaded) -> PageResult {
    // Whether they may is asked before the bytes are kept: a refusal leaves no file.
    let (vault, slot) = (app.vault.clone(), sent.field("slot").to_owned());
    app.store.read(sent.ctx.clone(), move |tx| actions::may_attach(tx, &vault, id, &slot)).await?;
    let (media, bytes) =
        files::look(&sent.file).map_err(|it| ApplicationRefusal::WrongFile(it.to_string()))?;
    let kept = web::keep(&app, media, bytes).await?;
    let (vault, slot, name) = (app.vault.clone(), sent.field("slot").to_owned(), sent.file_name.clone());
    app.store.write(sent.ctx, move |tx| actions::attach(tx, &vault, id, &slot, &name, &kept)).await?;
    redirect_saying(&format!("/campaigns/applications/{id}"), "材料已上传，照片中的位置等信息已去除")
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(ApplicationId, AttachmentId)>,
) -> PageResult {
    let vault = app.vault.clone();
    let found = app.store.read(caller.ctx, move |tx| evidence::file(tx, &vault, id, file)).await?;
    web::kept(&app, &found)
}

async fn reuse(State(app): State<App>, Path(id): Path<ApplicationId>, posted: Posted<Reuse>) -> PageResult {
    let vault = app.vault.clone();
    app.store.write(posted.ctx, move |tx| actions::reuse(tx, &vault, id, &posted.form)).await?;
    redirect_saying(&format!("/campaigns/applications/{id}"), "材料已引用")
}

#[derive(Deserialize)]
struct Nothing {}

async fn take_away(
    State(app): State<App>,
    Path((id, file)): Path<(ApplicationId, AttachmentId)>,
    posted: Posted<Nothing>,
) -> PageResult {
    let vault = app.vault.clone();
    app.store.write(posted.ctx, move |tx| actions::take_away(tx, &vault, id, file)).await?;
    redirect_saying(&format!("/campaigns/applications/{id}"), "材料已移除")
}
