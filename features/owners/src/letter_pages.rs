//! The neighborhood's pages: printing letters, noting that they were handed over, ending a binding.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use qrcode::{EcLevel, QrCode, render::svg};
use registry::communities::CommunityId;
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions, letters,
    queries::{self, DeskView},
    types::{HandForm, HomeId, LetterId, PrintForm},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/letters", get(places))
        .route("/letters/{community}", get(desk).post(print))
        .route("/letters/{id}/handed", post(hand))
        .route("/letters/{id}/void", post(void))
        .route("/homes/{id}/end", post(end))
}

#[derive(Template)]
#[template(path = "places.html")]
struct PlacesPage {
    chrome: Chrome,
    places: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    chrome: Chrome,
    view: DeskView,
    form: PrintForm,
    errors: Vec<FieldError>,
    today: String,
}

/// One letter as it is printed.
struct Printed {
    unit: String,
    code: String,
    picture: String,
}

#[derive(Template)]
#[template(path = "printed.html")]
struct PrintedPage {
    chrome: Chrome,
    community: i64,
    name: String,
    address: String,
    until: String,
    letters: Vec<Printed>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

async fn places(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("业主来信");
    let places = app.store.read(caller.ctx, queries::places).await?;
    page(&PlacesPage { chrome, places })
}

async fn desk(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CommunityId>,
    Query(query): Query<After>,
) -> PageResult {
    show_desk(&app, caller.chrome("业主来信"), caller.ctx, id, query.after, PrintForm::default(), vec![])
        .await
}

async fn show_desk(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CommunityId,
    after: String,
    form: PrintForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, today) = (app.vault.clone(), ctx.today().to_string());
    let view = app.store.read(ctx, move |tx| queries::desk(tx, &vault, id, &after)).await?;
    page(&DeskPage { chrome: chrome.with_errors(&errors), view, form, errors, today })
}

async fn print(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<CommunityId>,
    posted: Posted<PrintForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("业主来信"), posted.ctx.clone(), posted.form.clone());
    let vault = app.vault.clone();
    let printed =
        match app.store.write(posted.ctx, move |tx| actions::print(tx, &vault, id, &posted.form)).await {
            Ok(printed) => printed,
            Err(Problem::Invalid(errors)) => {
                return show_desk(&app, chrome, ctx, id, String::new(), form, errors).await;
            }
            Err(problem) => return Err(problem.into()),
        };
    let name = app.store.read(ctx, move |tx| Ok(registry::communities::load(tx, id)?.name)).await?;
    let address = web::address(&app, &headers, "/owners/enter");
    let until = printed.first().map_or(String::new(), |it| kernel::beijing_date(it.ends_at).to_string());
    let letter = |it: &super::types::Letter| -> Result<Printed, Problem> {
        let code = letters::code_of(&app.vault, it.id)?;
        let picture = drawn(&format!("{address}#{code}"))?;
        Ok(Printed { unit: it.unit.clone(), code: identifiers::grouped_code(&code, 4), picture })
    };
    let letters = printed.iter().map(letter).collect::<Result<Vec<_>, _>>()?;
    page(&PrintedPage { chrome, community: id.into(), name, address, until, letters })
}

async fn hand(State(app): State<App>, Path(id): Path<LetterId>, posted: Posted<HandForm>) -> PageResult {
    let community = app.store.write(posted.ctx, move |tx| actions::hand(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/owners/letters/{community}"), "已登记送达")
}

async fn void(State(app): State<App>, Path(id): Path<LetterId>, posted: Posted<HandForm>) -> PageResult {
    let community = app.store.write(posted.ctx, move |tx| actions::void(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/owners/letters/{community}"), "来信已作废")
}

async fn end(State(app): State<App>, Path(id): Path<HomeId>, posted: Posted<HandForm>) -> PageResult {
    let community = app.store.write(posted.ctx, move |tx| actions::end(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/owners/letters/{community}"), "绑定已解除，该业主不能再以这套房屋的身份办理")
}

fn drawn(text: &str) -> Result<String, Problem> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|it| Problem::Broken(anyhow::anyhow!("no code was drawn: {it}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(120, 120).build();
    Ok(drawn.split_once("?>").map_or(drawn.clone(), |it| it.1.to_owned()))
}

impl DeskPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
