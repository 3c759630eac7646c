//! QR codes: of a case's own page for its reporter, of a community's report form for its notice board.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use kernel::Problem;
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, page, redirect};

use super::{
    places,
    queries::{self, Desks},
    rules as own,
};
use crate::{
    cases::policy,
    enforcements::{self, types::Enforcement},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/track/{code}/qr.svg", get(of_case))
        .route("/boards", get(boards))
        .route("/board/{community}", get(board))
        .route("/board/{community}/qr.svg", get(of_board))
}

#[derive(Template)]
#[template(path = "board.html")]
struct BoardPage {
    chrome: Chrome,
    community: registry::communities::Found,
    address: String,
    desks: Desks,
    /// Places of the community with a code of their own, to be cut out and hung there.
    marks: Vec<String>,
    /// What stands on the county's list, which hangs here too (SC-066).
    enforcements: Vec<Enforcement>,
}

#[derive(Template)]
#[template(path = "boards.html")]
struct BoardsPage {
    chrome: Chrome,
    named: String,
    found: Vec<registry::communities::CommunityView>,
    tree: places::Tree,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Which {
    named: String,
    at: String,
    community: String,
}

/// Which community's board is to be printed: those whoever looks may file cases for.
async fn boards(State(app): State<App>, caller: Caller, Query(query): Query<Which>) -> PageResult {
    let own = match caller.ctx.actor.hat.scope {
        kernel::Scope::Community(id) => Some(id),
        _ => kernel::parse_id(&query.community),
    };
    if let Some(id) = own {
        return redirect(&format!("/tickets/board/{id}"));
    }
    let (chrome, named) = (caller.chrome("小区公告牌"), query.named.clone());
    let read = app.store.read(caller.ctx, move |tx| {
        if !policy::may_file_any(&tx.ctx.actor) {
            return Err(Problem::NotFound);
        }
        Ok((
            registry::communities::named_in_scope(tx, &query.named, 50)?,
            places::own_tree(tx, kernel::parse_id(&query.at))?,
        ))
    });
    let (found, tree) = read.await?;
    page(&BoardsPage { chrome, named, found, tree })
}

/// 公告牌 — a page to print and hang up: the community, its code, and the lines to call.
async fn board(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(community): Path<i64>,
) -> PageResult {
    let chrome = caller.chrome("反映问题公告牌");
    let found = app.store.read(caller.ctx, move |tx| {
        let place = registry::communities::load(tx, community.into())?.place;
        let _may = policy::may_file_for(&tx.ctx.actor, &place)?;
        let found = registry::communities::found_one(tx, community)?.ok_or(Problem::NotFound)?;
        let listed = enforcements::in_force(tx, kernel::Tenant::of_id(community))?;
        let plan = registry::plans::public(tx, community)?;
        let marks = plan.map_or(vec![], |it| it.spots.into_iter().map(|it| it.name).collect());
        Ok((found, queries::desks(tx, community)?, listed, marks))
    });
    let (community, desks, enforcements, marks) = found.await?;
    let address = web::address(&app, &headers, &format!("/tickets/report?community={}", community.id));
    page(&BoardPage { chrome, community, address, desks, marks, enforcements })
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Where {
    building: String,
}

/// Of the board, or of a place within the community: a building's door, a lift.
async fn of_board(
    State(app): State<App>,
    headers: HeaderMap,
    Path(community): Path<i64>,
    Query(place): Query<Where>,
) -> PageResult {
    let mut path = format!("/tickets/report?community={community}");
    if !place.building.is_empty() {
        let building: String = place.building.chars().take(60).collect();
        path.push_str("&building=");
        path.extend(building.bytes().map(|it| format!("%{it:02X}")));
    }
    svg_of(&web::address(&app, &headers, &path))
}

/// Drawn from the code alone: whoever can read the code already has it.
async fn of_case(State(app): State<App>, headers: HeaderMap, Path(code): Path<String>) -> PageResult {
    let code = own::typed_code(&code).ok_or(Problem::NotFound)?;
    svg_of(&web::address(&app, &headers, &format!("/tickets/track/{code}")))
}

fn svg_of(text: &str) -> PageResult {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|it| Problem::Broken(anyhow::anyhow!("no code was drawn: {it}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    let response: Response = ([(header::CONTENT_TYPE, "image/svg+xml")], drawn).into_response();
    Ok(response)
}
