//! The pages of enterprises. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions, policy, store as drawers,
    types::{Enterprise, EnterpriseForm, EnterpriseId, EnterpriseView},
};
use crate::{communities::CommunityView, divisions, records};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(list).post(create)).route("/{id}", get(show))
}

const PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "enterprises.html")]
struct ListPage {
    chrome: Chrome,
    enterprises: Vec<EnterpriseView>,
    form: EnterpriseForm,
    errors: Vec<FieldError>,
    can_create: bool,
}

#[derive(Template)]
#[template(path = "enterprise.html")]
struct ShowPage {
    chrome: Chrome,
    enterprise: Enterprise,
    communities: Vec<CommunityView>,
    records: Vec<records::RecordView>,
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: String,
}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<After>) -> PageResult {
    let chrome = caller.chrome("物业服务企业");
    show_list(&app, chrome, caller.ctx, query.after, EnterpriseForm::default(), vec![]).await
}

async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    after: String,
    form: EnterpriseForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let can_create = policy::may_create(&ctx.actor).is_ok();
    let enterprises = app
        .store
        .read(ctx, move |tx| {
            let _seen = policy::may_see(&tx.ctx.actor)?;
            let scope = tx.ctx.actor.hat.scope;
            let city = divisions::city_of(tx, &scope)?;
            Ok(drawers::list(tx, city, &after, PAGE)?)
        })
        .await?;
    page(&ListPage { chrome: chrome.with_errors(&errors), enterprises, form, errors, can_create })
}

async fn create(State(app): State<App>, posted: Posted<EnterpriseForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("物业服务企业"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::create(tx, &posted.form)).await {
        Ok(id) => redirect_saying(&format!("/registry/enterprises/{id}"), "企业已登记"),
        Err(Problem::Invalid(errors)) => show_list(&app, chrome, ctx, String::new(), form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<EnterpriseId>) -> PageResult {
    let asked = caller.asked;
    let (enterprise, communities, records) = app
        .store
        .read(caller.ctx, move |tx| {
            let _seen = policy::may_see(&tx.ctx.actor)?;
            let enterprise = drawers::load(tx, id)?;
            Ok((
                enterprise,
                crate::communities::queries::served_by(tx, id.into())?,
                records::of_enterprise(tx, id)?,
            ))
        })
        .await?;
    page(&ShowPage { chrome: asked.chrome(&enterprise.name), enterprise, communities, records })
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
