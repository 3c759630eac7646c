//! The pages of campaigns. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, PostedFresh, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, CampaignLine, CampaignView},
    types::{AboutForm, Campaign, CampaignId, Extension, Withdrawal},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list))
        .route("/{id}", get(show))
        .route("/{id}/standard", get(standard))
        .route("/{id}/sign", post(sign))
        .route("/{id}/extend", post(extend))
        .route("/{id}/about", post(about))
        .route("/{id}/withdraw", post(withdraw))
}

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "campaigns.html")]
struct ListPage {
    chrome: Chrome,
    campaigns: Vec<CampaignLine>,
    packs: Option<Options>,
}

#[derive(Template)]
#[template(path = "campaign.html")]
struct ShowPage {
    chrome: Chrome,
    view: CampaignView,
    form: Extension,
    about: AboutForm,
    errors: Vec<FieldError>,
    extendable: Options,
}

#[derive(Template)]
#[template(path = "standard.html")]
struct StandardPage {
    chrome: Chrome,
    campaign: Campaign,
}

async fn list(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("选树活动");
    let (campaigns, packs) = app.store.read(caller.ctx, queries::list).await?;
    page(&ListPage { chrome, campaigns, packs })
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let asked = caller.asked;
    show_one(&app, |title| asked.chrome(title), caller.ctx, id, Extension::default(), None, vec![]).await
}

async fn show_one(
    app: &App,
    chrome: impl Fn(&str) -> Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    form: Extension,
    about: Option<AboutForm>,
    errors: Vec<FieldError>,
) -> PageResult {
    let calendar = app.calendar.clone();
    let view = app.store.read(ctx, move |tx| queries::campaign(tx, id, &calendar)).await?;
    let chrome = chrome(&view.campaign.title).with_errors(&errors);
    let extendable =
        view.periods.iter().map(|it| (it.code.clone(), format!("{}（{}）", it.title, it.dates))).collect();
    let about = about.unwrap_or_else(|| AboutForm {
        office: view.campaign.contact.office.clone(),
        phone: view.campaign.contact.phone.clone(),
        email: view.campaign.contact.email.clone(),
        linked: view.campaign.linked.map_or(String::new(), |it| it.to_string()),
    });
    page(&ShowPage { chrome, view, form, about, errors, extendable })
}

async fn standard(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let chrome = caller.chrome("选树标准");
    let campaign = app.store.read(caller.ctx, move |tx| queries::seen(tx, id)).await?;
    page(&StandardPage { chrome, campaign })
}

#[derive(Deserialize)]
struct Nothing {}

async fn sign(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::sign(tx, id)).await?;
    redirect_saying(&format!("/campaigns/{id}"), "已签收")
}

async fn extend(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<Extension>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::extend(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}"), "已延期，各县区都能看到理由"),
        Err(Problem::Invalid(errors)) => {
            show_one(&app, |title| asked.chrome(title), ctx, id, form, None, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn withdraw(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: PostedFresh<Withdrawal>,
) -> PageResult {
    let (asked, ctx) = (posted.asked.clone(), posted.ctx.clone());
    match app.store.write(posted.ctx, move |tx| actions::withdraw(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}"), "活动已撤销，已告知各单位"),
        Err(Problem::Invalid(errors)) => {
            let fresh = Extension::default();
            show_one(&app, |title| asked.chrome(title), ctx, id, fresh, None, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn about(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<AboutForm>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::about(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}"), "活动信息已保存"),
        Err(Problem::Invalid(errors)) => {
            let fresh = Extension::default();
            show_one(&app, |title| asked.chrome(title), ctx, id, fresh, Some(form), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl ShowPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
