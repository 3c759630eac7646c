//! The pages of messages. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse as _,
    routing::{get, post},
};
use kernel::{Actor, Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect, redirect_saying};

use crate::{
    actions, calendars,
    queries::{self, MessagesView, SettingsView},
    store,
    types::{OpenForm, PhoneForm, Receipt},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list))
        .route("/open", post(open))
        .route("/open-all", post(open_all))
        .route("/settings", get(settings))
        .route("/settings/phone", post(set_phone))
        .route("/settings/phone/drop", post(drop_phone))
        .route("/settings/feed", post(make_feed))
        .route("/settings/feed/end", post(end_feed))
        .route("/calendars/{name}", get(calendar))
}

#[derive(Template)]
#[template(path = "messages.html")]
struct MessagesPage {
    chrome: Chrome,
    view: MessagesView,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    chrome: Chrome,
    view: SettingsView,
    form: PhoneForm,
    errors: Vec<FieldError>,
    refused: Option<String>,
    /// The address just made: shown once.
    made: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Until {
    until: String,
}

#[derive(Deserialize)]
struct Nothing {}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<After>) -> PageResult {
    let chrome = caller.chrome("消息");
    let view = app.store.read(caller.ctx, move |tx| queries::inbox(tx, &query.after)).await?;
    page(&MessagesPage { chrome, view })
}

async fn open(State(app): State<App>, posted: Posted<OpenForm>) -> PageResult {
    let href = app.store.housekeep(posted.ctx, move |tx| actions::open(tx, &posted.form)).await?;
    redirect(&href)
}

async fn open_all(State(app): State<App>, posted: Posted<Until>) -> PageResult {
    app.store.housekeep(posted.ctx, move |tx| actions::open_all(tx, &posted.form.until)).await?;
    redirect("/messages")
}

async fn settings(State(app): State<App>, caller: Caller) -> PageResult {
    let said = Said::default();
    show_settings(&app, caller.chrome("提醒与日历"), caller.ctx, said).await
}

/// What the page of settings answers.
#[derive(Default)]
struct Said {
    form: PhoneForm,
    errors: Vec<FieldError>,
    refused: Option<String>,
    made: Option<String>,
}

async fn show_settings(app: &App, chrome: Chrome, ctx: Ctx, said: Said) -> PageResult {
    let view = app.store.read(ctx, queries::settings).await?;
    let Said { form, errors, refused, made } = said;
    page(&SettingsPage { chrome: chrome.with_errors(&errors), view, form, errors, refused, made })
}

async fn set_phone(State(app): State<App>, posted: Posted<PhoneForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("提醒与日历"), posted.ctx.clone(), posted.form.clone());
    let (vault, gateway) = (app.vault.clone(), app.gateway.clone());
    let set = move |tx: &mut ::store::Tx<'_>| actions::set_phone(tx, &vault, &gateway, &posted.form);
    match app.store.write(posted.ctx, set).await {
        Ok(()) => redirect_saying("/messages/settings", "紧急消息会同时发到这部手机"),
        Err(Problem::Invalid(errors)) => {
            show_settings(&app, chrome, ctx, Said { form, errors, ..Said::default() }).await
        }
        Err(Problem::Refused { message, .. }) => {
            show_settings(&app, chrome, ctx, Said { form, refused: Some(message), ..Said::default() }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn drop_phone(State(app): State<App>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, actions::drop_phone).await?;
    redirect_saying("/messages/settings", "短信提醒已取消")
}

async fn make_feed(State(app): State<App>, headers: HeaderMap, posted: Posted<Nothing>) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("提醒与日历"), posted.ctx.clone());
    let secret = app::random_hex(20).map_err(Problem::Broken)?;
    let digest = app.vault.look_up(&format!("calendar {secret}"));
    app.store.write(posted.ctx, move |tx| actions::make_feed(tx, &digest)).await?;
    let made = web::address(&app, &headers, &format!("/messages/calendars/{secret}.ics"));
    show_settings(&app, chrome, ctx, Said { made: Some(made), ..Said::default() }).await
}

async fn end_feed(State(app): State<App>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, actions::end_feed).await?;
    redirect_saying("/messages/settings", "订阅地址已停用")
}

/// For programs, which have no session: whoever knows the address sees what its post has to do.
async fn calendar(State(app): State<App>, headers: HeaderMap, Path(name): Path<String>) -> PageResult {
    let secret = name.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let digest = app.vault.look_up(&format!("calendar {secret}"));
    let found = app.store.read(app.ctx(Actor::public(), None), move |tx| {
        let Some((person, grant)) = store::feed(tx, &digest)? else { return Ok(None) };
        accounts::wearing(tx, person, grant)
    });
    let actor = found.await?.ok_or(Problem::NotFound)?;
    let (ctx, house) = (app.ctx(actor, None), app.clone());
    let now = ctx.now;
    let due = app.store.read(ctx, move |tx| queries::agenda(&house, tx)).await?;
    let written = calendars::written(&due, &web::address(&app, &headers, ""), now);
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], written).into_response())
}

/// The carrier's report about a message it took.
pub(crate) async fn receipt(
    State(app): State<App>,
    headers: HeaderMap,
    Json(receipt): Json<Receipt>,
) -> StatusCode {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    let key = bearer.and_then(|it| it.strip_prefix("Bearer ")).unwrap_or_default();
    if !app.gateway.knows(key) {
        return StatusCode::UNAUTHORIZED;
    }
    let Some(id) = kernel::parse_id(&receipt.id) else { return StatusCode::NOT_FOUND };
    let words: String = identifiers::mask_numbers(&receipt.words).chars().take(100).collect();
    let kept = app
        .store
        .housekeep(app.ctx(Actor::public(), None), move |tx| {
            Ok(store::receive(tx, id, receipt.delivered, &words)?)
        })
        .await;
    match kept {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) => StatusCode::NOT_FOUND,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl SettingsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
