//! The page of the list. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, EnforcementsView},
    types::{CRITERIA, EndForm, Enforcement, EnforcementId, ListingForm},
};
use crate::profiles::rules::categories;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/enforcements", get(list).post(add)).route("/enforcements/{id}/end", post(end))
}

const PAGE: &str = "/tickets/enforcements";

#[derive(Template)]
#[template(path = "enforcements.html")]
struct ListPage {
    chrome: Chrome,
    view: EnforcementsView,
    form: ListingForm,
    errors: Vec<FieldError>,
    refused: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    county: String,
}

async fn list(State(app): State<App>, caller: Caller, Query(asked): Query<Asked>) -> PageResult {
    let chrome = caller.chrome("执法下沉事项清单");
    let view = app.store.read(caller.ctx, move |tx| queries::list(tx, &asked.county)).await?;
    let (form, errors, refused) = Default::default();
    page(&ListPage { chrome, view, form, errors, refused })
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    form: ListingForm,
    errors: Vec<FieldError>,
    refused: Option<String>,
) -> PageResult {
    let view = app.store.read(ctx, |tx| queries::list(tx, "")).await?;
    page(&ListPage { chrome: chrome.with_errors(&errors), view, form, errors, refused })
}

async fn add(State(app): State<App>, posted: Posted<ListingForm>) -> PageResult {
    let (chrome, ctx, form) =
        (posted.asked.chrome("执法下沉事项清单"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::list(tx, &posted.form)).await {
        Ok(()) => redirect_saying(PAGE, "已列入清单，小区公告牌上会显示"),
        Err(Problem::Invalid(errors)) => show(&app, chrome, ctx, form, errors, None).await,
        Err(Problem::Refused { message, .. }) => show(&app, chrome, ctx, form, vec![], Some(message)).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn end(State(app): State<App>, Path(id): Path<EnforcementId>, posted: Posted<EndForm>) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("执法下沉事项清单"), posted.ctx.clone());
    match app.store.write(posted.ctx, move |tx| actions::end(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(PAGE, "已移出清单"),
        Err(Problem::Invalid(errors)) => {
            let said = errors.first().map(|it| it.message.clone());
            show(&app, chrome, ctx, ListingForm::default(), vec![], said).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl ListPage {
    /// Mark and reason of an item.
    fn marks(it: &Enforcement) -> Vec<(&'static str, &str)> {
        CRITERIA.iter().map(|it| it.1).zip(it.reasons.iter().map(String::as_str)).collect()
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn options() -> Vec<(String, String)> {
        categories().iter().map(|it| (it.code.clone(), it.title.clone())).collect()
    }

    /// Field, label, what was typed.
    fn criteria(&self) -> Vec<(&'static str, &'static str, &str)> {
        CRITERIA.iter().zip(self.form.reasons()).map(|(it, typed)| (it.0, it.1, typed)).collect()
    }
}
