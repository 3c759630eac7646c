//! The page of a community's renewals and their two consents.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use registry::communities::CommunityId;
use web::{Caller, Chrome, PageResult, Posted, page, redirect_saying};

use super::{
    actions,
    queries::{self, RenewalsView},
    types::{Consenting, Going, Proposing, RenewalId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/communities/{id}/renewals", get(show).post(propose))
        .route("/communities/{id}/renewals/{renewal}/consents", post(consent))
        .route("/communities/{id}/renewals/{renewal}/go", post(go))
}

#[derive(Template)]
#[template(path = "renewals.html")]
struct RenewalsPage {
    chrome: Chrome,
    view: RenewalsView,
    typed: Typed,
}

#[derive(Default)]
struct Typed {
    /// The project whose form was refused; none: the application's.
    renewal: Option<RenewalId>,
    title: String,
    consenting: Consenting,
    errors: Vec<FieldError>,
}

const TITLE: &str = "老旧小区改造";

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, id, Typed::default()).await
}

async fn show_with(app: &App, chrome: Chrome, ctx: Ctx, id: CommunityId, typed: Typed) -> PageResult {
    let view = app.store.read(Ctx { key: None, ..ctx }, move |tx| queries::renewals(tx, id)).await?;
    page(&RenewalsPage { chrome: chrome.with_errors(&typed.errors), view, typed })
}

fn to(id: CommunityId) -> String {
    format!("/assemblies/communities/{id}/renewals")
}

async fn propose(
    State(app): State<App>,
    Path(id): Path<CommunityId>,
    posted: Posted<Proposing>,
) -> PageResult {
    let (ctx, title) = (posted.ctx.clone(), posted.form.title.clone());
    match app.store.write(posted.ctx, move |tx| actions::propose(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&to(id), "申请已登记"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { title, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn consent(
    State(app): State<App>,
    Path((id, renewal)): Path<(CommunityId, RenewalId)>,
    posted: Posted<Consenting>,
) -> PageResult {
    let (ctx, consenting) = (posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::consent(tx, renewal, &posted.form)).await {
        Ok(community) => redirect_saying(&to(community.into()), "共识已登记"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { renewal: Some(renewal), consenting, errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn go(
    State(app): State<App>,
    Path((id, renewal)): Path<(CommunityId, RenewalId)>,
    posted: Posted<Going>,
) -> PageResult {
    let ctx = posted.ctx.clone();
    match app.store.write(posted.ctx, move |tx| actions::go(tx, renewal, &posted.form)).await {
        Ok(community) => redirect_saying(&to(community.into()), "已登记"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { renewal: Some(renewal), errors, ..Typed::default() };
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl RenewalsPage {
    fn is_refused(&self, id: &str) -> bool {
        self.typed.renewal.is_some_and(|it| it.to_string() == id)
    }
}
