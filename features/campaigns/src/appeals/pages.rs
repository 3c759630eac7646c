//! The pages of appeals. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, DeskView, ListView},
    types::{AppealForm, AppealId, HearingForm},
};
use crate::{applications::types::ApplicationId, awards::AnswerForm, openings::types::CampaignId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/appeals", get(list))
        .route("/{id}/appeals/tell", post(tell))
        .route("/applications/{id}/appeals", get(desk).post(raise))
        .route("/appeals/{id}/answer", post(answer))
}

#[derive(Template)]
#[template(path = "appeals.html")]
struct ListPage {
    chrome: Chrome,
    view: ListView,
    form: HearingForm,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "appeals_of.html")]
struct DeskPage {
    chrome: Chrome,
    view: DeskView,
    form: AppealForm,
    /// The answer that was refused: its appeal, and its words.
    answered: Option<(AppealId, AnswerForm)>,
    errors: Vec<FieldError>,
}

/// The desk as it is shown again: what was typed, and what was wrong with it.
#[derive(Default)]
struct Typed {
    form: AppealForm,
    answered: Option<(AppealId, AnswerForm)>,
    errors: Vec<FieldError>,
}

async fn list(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let form = HearingForm { days: "3".to_owned() };
    show_list(&app, caller.chrome("申诉"), caller.ctx, id, form, vec![]).await
}

async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    form: HearingForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::list(tx, &vault, id)).await?;
    page(&ListPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn tell(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<HearingForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("申诉"), posted.ctx.clone(), posted.form.clone());
    let (vault, calendar) = (app.vault.clone(), app.calendar.clone());
    match app.store.write(posted.ctx, move |tx| actions::tell(tx, &vault, &calendar, id, &posted.form)).await
    {
        Ok(()) => redirect_saying(
            &format!("/campaigns/{id}/appeals"),
            "得分已告知，申报单位和县区可以查看本小区得分并提出申诉",
        ),
        Err(Problem::Invalid(errors)) => show_list(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn desk(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    show_desk(&app, caller.chrome("申诉"), caller.ctx, id, Typed::default()).await
}

async fn show_desk(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: ApplicationId,
    typed: Typed,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::desk(tx, &vault, id)).await?;
    let Typed { form, answered, errors } = typed;
    page(&DeskPage { chrome: chrome.with_errors(&errors), view, form, answered, errors })
}

async fn raise(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<AppealForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("申诉"), posted.ctx.clone(), posted.form.clone());
    let (vault, calendar) = (app.vault.clone(), app.calendar.clone());
    let raised = move |tx: &mut ::store::Tx<'_>| actions::raise(tx, &vault, &calendar, id, &posted.form);
    match app.store.write(posted.ctx, raised).await {
        Ok(_) => {
            redirect_saying(&format!("/campaigns/applications/{id}/appeals"), "申诉已收到，答复会显示在本页")
        }
        Err(Problem::Invalid(errors)) => {
            show_desk(&app, chrome, ctx, id, Typed { form, errors, ..Typed::default() }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn answer(State(app): State<App>, Path(id): Path<AppealId>, posted: Posted<AnswerForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("申诉"), posted.ctx.clone(), posted.form.clone());
    let vault = app.vault.clone();
    match app.store.write(posted.ctx, move |tx| actions::answer(tx, &vault, id, &posted.form)).await {
        Ok(application) => {
            redirect_saying(&format!("/campaigns/applications/{application}/appeals"), "申诉已答复")
        }
        Err(Problem::Invalid(errors)) => {
            let about = app.store.read(ctx.clone(), move |tx| queries::about(tx, id)).await?;
            let typed = Typed { answered: Some((id, form)), errors, ..Typed::default() };
            show_desk(&app, chrome, ctx, about, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl DeskPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn typed(&self, id: &AppealId) -> &str {
        self.answered.as_ref().filter(|it| it.0 == *id).map_or("", |it| it.1.answer.as_str())
    }
}
