//! The page of settled facts. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use kernel::{Ctx, FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, SnapshotsView},
    types::Settling,
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{id}/facts", get(show).post(settle))
}

#[derive(Template)]
#[template(path = "snapshots.html")]
struct SnapshotsPage {
    chrome: Chrome,
    view: SnapshotsView,
    form: Settling,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show_page(&app, caller.chrome("台账数据核定"), caller.ctx, id, Settling::default(), vec![]).await
}

async fn show_page(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CampaignId,
    form: Settling,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::list(tx, &vault, id)).await?;
    page(&SnapshotsPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn settle(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<Settling>) -> PageResult {
    let (vault, chrome, ctx, form) =
        (app.vault.clone(), posted.asked.chrome("台账数据核定"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::settle(tx, &vault, id, &posted.form)).await {
        Ok(n) => {
            let said = format!("已核定{n}个小区的台账数据，排名从现在起按核定的数据计算");
            redirect_saying(&format!("/campaigns/{id}/facts"), &said)
        }
        Err(Problem::Invalid(errors)) => show_page(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl SnapshotsPage {
    /// The line whose form was sent back, so that what was typed stands where it was typed.
    fn is_asked(&self, it: &queries::SnapshotLine) -> bool {
        self.form.application == it.application
    }

    /// The day typed in the form for all, and what is wrong with it.
    fn day_for_all(&self) -> &str {
        if self.form.application.is_empty() { &self.form.facts_on } else { "" }
    }

    fn error_for_all(&self) -> Option<&str> {
        error_of(&self.errors, "facts_on").filter(|_| self.form.application.is_empty())
    }
}
