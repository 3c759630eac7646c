//! The pages of tours: the one that works without a network, what its script asks for, and photos on the sheet's own
//! page. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::header,
    response::{Html, IntoResponse as _},
    routing::{get, post},
};
use files::AttachmentId;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use web::{ApiResult, Caller, PageResult, Posted, Uploaded, redirect_saying};

use super::{
    actions,
    queries::{self, Tour},
    scripts,
    types::{Choice, Sending, Synced},
};
use crate::{applications::types::ApplicationId, assessments::types::SheetId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/tour", get(shell))
        .route("/tour/tour.js", get(async || script(scripts::TOUR)))
        .route("/tour/drawer.js", get(async || script(scripts::DRAWER)))
        .route("/tour/worker.js", get(worker))
        .route("/tour/sheets", get(take_along))
        .route("/tour/sheets/{id}", post(sync))
        .route("/tour/sheets/{id}/photos", post(bring_photo))
        .route("/sheets/{id}/settle", post(settle))
        .route("/sheets/{id}/photos", post(attach))
        .route("/sheets/{id}/photos/{file}", get(photo))
        .route("/sheets/{id}/photos/{file}/take-away", post(take_away))
        .route("/applications/{id}/score/photos/{file}", get(photo_behind))
}

/// The same for everybody and kept by the browser: whose tour it is comes later, sealed.
#[derive(Template)]
#[template(path = "tour.html")]
struct Shell {
    digest: &'static str,
}

#[derive(Template)]
#[template(path = "worker.js", escape = "none")]
struct Worker {
    digest: &'static str,
}

async fn shell() -> PageResult {
    let shell = Shell { digest: ui::digest() };
    Ok(Html(shell.render().map_err(|it| Problem::Broken(it.into()))?).into_response())
}

fn script(text: &'static str) -> impl axum::response::IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], text)
}

async fn worker() -> PageResult {
    let worker = Worker { digest: ui::digest() };
    let text = worker.render().map_err(|it| Problem::Broken(it.into()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::HeaderName::from_static("service-worker-allowed"), "/campaigns/tour"),
    ];
    Ok((headers, text).into_response())
}

#[derive(Deserialize)]
struct Asking {
    #[serde(default)]
    device: String,
}

async fn take_along(State(app): State<App>, caller: Caller, Query(asking): Query<Asking>) -> ApiResult<Tour> {
    let (vault, token) = (app.vault.clone(), caller.asked.form_token());
    let person = i64::from(caller.ctx.actor.user).to_string();
    let name = caller.asked.session.as_ref().map(|it| it.name.clone()).unwrap_or_default();
    let sheets = app.store.read(caller.ctx, move |tx| queries::tour(tx, &vault, &asking.device)).await?;
    Ok(Json(Tour { person, name, token, sheets }))
}

async fn sync(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Sending>) -> ApiResult<Synced> {
    Ok(Json(app.store.write(posted.ctx, move |tx| actions::sync(tx, id, &posted.form)).await?))
}

#[derive(Serialize)]
struct Kept {
    kept: bool,
}

async fn bring_photo(State(app): State<App>, Path(id): Path<SheetId>, sent: Uploaded) -> ApiResult<Kept> {
    keep(&app, id, sent).await?;
    Ok(Json(Kept { kept: true }))
}

async fn attach(State(app): State<App>, Path(id): Path<SheetId>, sent: Uploaded) -> PageResult {
    keep(&app, id, sent).await?;
    redirect_saying(&format!("/campaigns/sheets/{id}"), "照片已附上，照片中的位置等信息已去除")
}

async fn keep(app: &App, id: SheetId, sent: Uploaded) -> Result<(), Problem> {
    // Whether they may is asked before the bytes are kept: a refusal leaves no file.
    let item = sent.field("item").to_owned();
    let _may = app.store.read(sent.ctx.clone(), move |tx| actions::may_attach(tx, id, &item)).await?;
    let (media, bytes) = files::look(&sent.file)
        .map_err(|it| Problem::Refused { code: "campaigns.wrong_photo", message: it.to_string() })?;
    let kept = web::keep(app, media, bytes).await?;
    let (item, name) = (sent.field("item").to_owned(), sent.file_name.clone());
    app.store.write(sent.ctx, move |tx| actions::attach(tx, id, &item, &name, &kept)).await
}

async fn photo(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(SheetId, AttachmentId)>,
) -> PageResult {
    let found = app.store.read(caller.ctx, move |tx| queries::photo(tx, id, file)).await?;
    web::kept(&app, &found)
}

async fn photo_behind(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(ApplicationId, AttachmentId)>,
) -> PageResult {
    let vault = app.vault.clone();
    let found = app.store.read(caller.ctx, move |tx| queries::photo_behind(tx, &vault, id, file)).await?;
    web::kept(&app, &found)
}

#[derive(Deserialize)]
struct Nothing {}

async fn take_away(
    State(app): State<App>,
    Path((id, file)): Path<(SheetId, AttachmentId)>,
    posted: Posted<Nothing>,
) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::take_away(tx, id, file)).await?;
    redirect_saying(&format!("/campaigns/sheets/{id}"), "照片已移除")
}

async fn settle(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Choice>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::settle(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/campaigns/sheets/{id}"), "已选定")
}
