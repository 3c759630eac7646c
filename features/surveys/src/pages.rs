//! The pages of surveys. Thin: read the form, call the verb, show the page.

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
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, Sent, Visitor, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, SurveyView, SurveysView},
    rules::{self as own, SurveyRefusal},
    types::{AnswerForm, GRADES, PARTS, SurveyForm, SurveyId, VoidForm},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list).post(open))
        .route("/{id}", get(desk))
        .route("/{id}/close", post(close))
        .route("/{id}/void", post(void))
        .route("/{id}/answer", get(ask).post(answer))
}

#[derive(Template)]
#[template(path = "surveys.html")]
struct ListPage {
    chrome: Chrome,
    view: SurveysView,
    form: SurveyForm,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "survey.html")]
struct DeskPage {
    chrome: Chrome,
    view: SurveyView,
    address: String,
    picture: String,
    form: VoidForm,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "survey_answer.html")]
struct AnswerPage {
    chrome: Chrome,
    view: SurveyView,
    form: AnswerForm,
    errors: Vec<FieldError>,
    refused: Option<String>,
    done: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<After>) -> PageResult {
    let chrome = caller.chrome("满意度调查");
    show_list(&app, chrome, caller.ctx, query.after.parse().ok(), SurveyForm::default(), vec![]).await
}

async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    after: Option<i64>,
    form: SurveyForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::list(tx, after)).await?;
    page(&ListPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn open(State(app): State<App>, posted: Posted<SurveyForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("满意度调查"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::open(tx, &posted.form)).await {
        Ok(id) => redirect_saying(&format!("/surveys/{id}"), "调查已开始，请打印二维码张贴在公告栏"),
        Err(Problem::Invalid(errors)) => show_list(&app, chrome, ctx, None, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn desk(
    State(app): State<App>,
    headers: HeaderMap,
    caller: Caller,
    Path(id): Path<SurveyId>,
) -> PageResult {
    show_desk(&app, &headers, caller.chrome("满意度调查"), caller.ctx, id, VoidForm::default(), vec![]).await
}

async fn show_desk(
    app: &App,
    headers: &HeaderMap,
    chrome: Chrome,
    ctx: Ctx,
    id: SurveyId,
    form: VoidForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::desk(tx, id)).await?;
    let address = web::address(app, headers, &format!("/surveys/{id}/answer"));
    let code = QrCode::with_error_correction_level(&address, EcLevel::M)
        .map_err(|it| Problem::Broken(anyhow::anyhow!("no code was drawn: {it}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(160, 160).build();
    let picture = drawn.split_once("?>").map_or(drawn.clone(), |it| it.1.to_owned());
    page(&DeskPage { chrome: chrome.with_errors(&errors), view, address, picture, form, errors })
}

#[derive(Deserialize)]
struct Nothing {}

async fn close(State(app): State<App>, Path(id): Path<SurveyId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::close(tx, id)).await?;
    redirect_saying(&format!("/surveys/{id}"), "结果已公布")
}

async fn void(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<SurveyId>,
    posted: Posted<VoidForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("满意度调查"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::void(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/surveys/{id}"), "调查已作废"),
        Err(Problem::Invalid(errors)) => show_desk(&app, &headers, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    done: String,
}

async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SurveyId>,
    Query(query): Query<Done>,
) -> PageResult {
    let chrome = visitor.chrome("满意度评价");
    let done = query.done == "yes";
    show_ask(&app, chrome, visitor.ctx, id, AnswerForm::default(), vec![], None, done).await
}

#[expect(clippy::too_many_arguments, reason = "one page for a survey that is fresh, wrong, refused or done")]
async fn show_ask(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: SurveyId,
    form: AnswerForm,
    errors: Vec<FieldError>,
    refused: Option<String>,
    done: bool,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::public(tx, id)).await?;
    page(&AnswerPage { chrome: chrome.with_errors(&errors), view, form, errors, refused, done })
}

async fn answer(State(app): State<App>, Path(id): Path<SurveyId>, sent: Sent<AnswerForm>) -> PageResult {
    let (chrome, ctx, form) = (sent.asked.chrome("满意度评价"), sent.ctx.clone(), sent.form.clone());
    let bucket = format!("survey {} {}", i64::from(id), sent.sender);
    let counted = app
        .store
        .housekeep(ctx.clone(), move |tx| tx.try_again(&bucket, own::MOST_A_DAY, 24, "surveys.answer"));
    if !counted.await? {
        let refused = Some(SurveyRefusal::TooMany.to_string());
        return show_ask(&app, chrome, ctx, id, form, vec![], refused, false).await;
    }
    let mark = app::random_hex(16).map_err(Problem::Broken)?;
    let vault = app.vault.clone();
    match app.store.write(sent.ctx, move |tx| actions::answer(tx, &vault, id, &sent.form, &mark)).await {
        Ok(()) => web::redirect(&format!("/surveys/{id}/answer?done=yes")),
        Err(Problem::Invalid(errors)) => show_ask(&app, chrome, ctx, id, form, errors, None, false).await,
        Err(problem @ Problem::Refused { .. }) => {
            show_ask(&app, chrome, ctx, id, form, vec![], Some(problem.to_string()), false).await
        }
        Err(Problem::AlreadyDone { .. }) => web::redirect(&format!("/surveys/{id}/answer?done=yes")),
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
}

impl AnswerPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn grades() -> Vec<(String, &'static str)> {
        GRADES.iter().map(|it| (it.0.to_string(), it.1)).collect()
    }

    /// Code, name, and what was chosen of each part.
    fn parts(&self) -> Vec<(&'static str, &'static str, &str)> {
        let form = &self.form;
        let chosen = [&form.service, &form.cleaning, &form.order, &form.upkeep, &form.talk];
        PARTS.iter().zip(chosen).map(|(it, chosen)| (it.0, it.1, chosen.as_str())).collect()
    }
}
