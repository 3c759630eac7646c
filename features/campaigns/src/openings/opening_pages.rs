//! The pages a campaign is opened on: the notice's particulars, a look at what will be sent out, and sending it.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    offers::{self, OfferView, PreviewView},
    types::Opening,
};
use crate::panels;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", post(open))
        .route("/new", get(offer).post(again))
        .route("/preview", post(preview))
}

const TITLE: &str = "开展活动";

#[derive(Template)]
#[template(path = "opening.html")]
struct OfferPage {
    chrome: Chrome,
    view: OfferView,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "opening_preview.html")]
struct PreviewPage {
    chrome: Chrome,
    view: PreviewView,
}

async fn offer(State(app): State<App>, caller: Caller, Query(typed): Query<Opening>) -> PageResult {
    show_offer(&app, caller.chrome(TITLE), caller.ctx, typed, vec![]).await
}

/// Back from the preview, with everything as it was typed.
async fn again(State(app): State<App>, posted: Posted<Opening>) -> PageResult {
    let chrome = posted.asked.chrome(TITLE);
    show_offer(&app, chrome, posted.ctx, posted.form, vec![]).await
}

async fn show_offer(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    typed: Opening,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| offers::offer(tx, &typed)).await;
    let view = match view {
        Err(Problem::Invalid(_)) => return redirect_saying("/campaigns", "请先选择依据的通知"),
        view => view?,
    };
    page(&OfferPage { chrome: chrome.with_errors(&errors), view, errors })
}

async fn preview(State(app): State<App>, posted: Posted<Opening>) -> PageResult {
    let (chrome, ctx, form, calendar) =
        (posted.asked.chrome(TITLE), posted.ctx.clone(), posted.form.clone(), app.calendar.clone());
    let asked = posted.form;
    match app.store.read(posted.ctx, move |tx| offers::preview(tx, &asked, &calendar)).await {
        Ok(view) => page(&PreviewPage { chrome, view }),
        Err(Problem::Invalid(errors)) => show_offer(&app, chrome, ctx, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn open(State(app): State<App>, posted: Posted<Opening>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome(TITLE), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::open(tx, &posted.form)).await {
        Ok(id) => redirect_saying(&format!("/campaigns/{id}"), "活动已开展，各单位可以签收和申报"),
        Err(Problem::Invalid(errors)) => show_offer(&app, chrome, ctx, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl OfferPage {
    fn value(&self, key: &str) -> &str {
        self.view.form.get(key).map_or("", String::as_str)
    }

    fn named(&self, prefix: &str, code: &str) -> &str {
        self.value(&format!("{prefix}-{code}"))
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn error_at(&self, prefix: &str, code: &str) -> Option<&str> {
        self.error(&format!("{prefix}-{code}"))
    }

    fn sent_to(&self) -> &'static str {
        if self.view.is_countys {
            "每行一个，按通知写；系统内发给哪些乡镇、街道签收，在下面选"
        } else {
            "每行一个，按通知写；系统内发给哪些县区签收，在下面选"
        }
    }

    fn everybody(&self) -> &'static str {
        if self.view.is_countys { "本县区的各乡镇、街道" } else { "全市各县区" }
    }

    fn place(place: &i64) -> String {
        format!("place-{place}")
    }

    fn key(&self, prefix: &str, code: &str) -> String {
        format!("{prefix}-{code}")
    }

    fn has_communities(&self) -> bool {
        self.view.form.iter().any(|(key, it)| key.starts_with("communities-") && !it.trim().is_empty())
    }

    fn kinds() -> Vec<(&'static str, &'static str)> {
        panels::queries::kinds()
    }

    fn honour(code: &str, n: &usize) -> String {
        format!("honour-{code}-{n}")
    }

    fn panel(holder: &panels::Holder) -> String {
        format!("panel-{}", holder.person)
    }

    fn communities(tenant: &i64) -> String {
        format!("communities-{tenant}")
    }
}

impl PreviewPage {
    /// How many items, gates and vetoes the standard has.
    fn counts(&self) -> (usize, usize, usize) {
        let standard = &self.view.pack.standard;
        (standard.items().count(), standard.gates.len(), standard.vetoes.len())
    }
}
