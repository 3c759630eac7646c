//! The page of a panel. Thin: read the form, call the verb, show the page.

use std::collections::BTreeMap;

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
    queries::{self, PanelLine, PanelView},
};
use crate::{assessments::types::Panel, openings::types::CampaignId};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{id}/panel", get(show).post(name))
}

#[derive(Template)]
#[template(path = "panel.html")]
struct PanelPage {
    chrome: Chrome,
    view: PanelView,
    typed: Option<BTreeMap<String, String>>,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show_page(&app, caller.chrome("测评组"), caller.ctx, id, None, vec![]).await
}

async fn show_page(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CampaignId,
    typed: Option<BTreeMap<String, String>>,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::panel(tx, id)).await?;
    page(&PanelPage { chrome: chrome.with_errors(&errors), view, typed, errors })
}

async fn name(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: Posted<BTreeMap<String, String>>,
) -> PageResult {
    let (chrome, ctx, typed) = (posted.asked.chrome("测评组"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::name(tx, id, &posted.form)).await {
        Ok(panel) => {
            let said = "测评组已确定，之后分配的评分表只给组内人员；已有的评分表不变";
            redirect_saying(&format!("/campaigns/{id}/{}", panel.path()), said)
        }
        Err(Problem::Invalid(errors)) => show_page(&app, chrome, ctx, id, Some(typed), errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl PanelPage {
    fn is_city(&self) -> bool {
        self.view.panel == Panel::City
    }

    fn key(it: &PanelLine) -> String {
        format!("panel-{}", it.holder.person)
    }

    /// What was typed, or what stands.
    fn is_chosen(&self, it: &PanelLine, kind: &str) -> bool {
        let typed = self.typed.as_ref().map(|typed| typed.get(&Self::key(it)).map_or("", String::as_str));
        typed.unwrap_or(it.kind) == kind
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn error_at(&self, it: &PanelLine) -> Option<&str> {
        error_of(&self.errors, &Self::key(it))
    }
}
