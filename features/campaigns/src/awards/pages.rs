//! The pages of objections, choices and awards. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use documents::{Cell, Column};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, PostedFresh, Sent, Visitor, error_of, page, redirect_saying};

use super::{
    actions,
    exclusions::{self, Excluding},
    queries::{self, AwardsView, ResultView},
    rules::AwardRefusal,
    types::{AnswerForm, Award, AwardForm, ChoiceId, ObjectionForm, ObjectionId, ProposalForm},
};
use crate::{
    assessments::{self, types::Notice, types::NoticeId},
    openings::types::{Campaign, CampaignId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/posted", get(posted))
        .route("/notices/{id}", get(notice))
        .route("/notices/{id}/objections", post(object))
        .route("/objections/{id}/answer", post(answer))
        .route("/objections/{id}/contact", post(reveal))
        .route("/{id}/result", get(result))
        .route("/{id}/awards", get(awards).post(award))
        .route("/{id}/awards/propose", post(propose))
        .route("/{id}/exclude", post(exclude))
        .route("/choices/{id}/confirm", post(confirm))
        .route("/choices/{id}/withdraw", post(withdraw))
        .route("/{id}/certificates", get(certificates))
        .route("/{id}/recommendation.xlsx", get(recommendation))
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    chrome: Chrome,
    notice: Notice,
    /// The list that took its place.
    corrected: Option<assessments::types::Notice>,
    title: String,
    selects: ::rules::Selects,
    last_day: String,
    left: i64,
    objections: Vec<queries::ObjectionView>,
    /// Communities to choose from.
    lines: Vec<(String, String)>,
    form: ObjectionForm,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "result.html")]
struct ResultPage {
    chrome: Chrome,
    view: ResultView,
}

#[derive(Template)]
#[template(path = "awards.html")]
struct AwardsPage {
    chrome: Chrome,
    view: AwardsView,
    form: AwardForm,
    answer: AnswerForm,
    proposal: ProposalForm,
    excluding: Excluding,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "certificates.html")]
struct CertificatesPage {
    chrome: Chrome,
    campaign: Campaign,
    awards: Vec<Award>,
}

#[derive(Template)]
#[template(path = "posted.html")]
struct PostedPage {
    chrome: Chrome,
    notices: Vec<(Notice, String)>,
}

/// 荣誉证书 to print, one a page, with the qualities the notice names (LA-004).
async fn certificates(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let chrome = caller.chrome("荣誉证书");
    let (campaign, awards) = app.store.read(caller.ctx, move |tx| queries::certificates(tx, id)).await?;
    page(&CertificatesPage { chrome, campaign, awards })
}

/// 公示公开: everything posted, for everybody.
async fn posted(State(app): State<App>, visitor: Visitor) -> PageResult {
    let chrome = visitor.chrome("公示公开");
    let notices = app.store.read(visitor.ctx, |tx| Ok(assessments::store::posted(tx)?)).await?;
    page(&PostedPage { chrome, notices })
}

async fn notice(State(app): State<App>, visitor: Visitor, Path(id): Path<NoticeId>) -> PageResult {
    show_notice(&app, visitor.chrome("公示"), visitor.ctx, id, ObjectionForm::default(), vec![]).await
}

async fn show_notice(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: NoticeId,
    form: ObjectionForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let today = ctx.today();
    let read = app.store.read(ctx, move |tx| {
        let (notice, title) = assessments::notice(tx, id)?;
        let objections = queries::of_notice(tx, &notice)?;
        let selects = crate::openings::store::pack(tx, notice.campaign)?.selects;
        let newest = assessments::store::notices(tx, notice.campaign)?.into_iter().next();
        let corrected = newest.filter(|it| it.version != notice.version);
        Ok((notice, title, selects, objections, corrected))
    });
    let (notice, title, selects, objections, corrected) = read.await?;
    let last = assessments::last_day(notice.posted_on, notice.days);
    let left = i64::from((last - today).get_days());
    let last_day = format!("{}年{}月{}日", last.year(), last.month(), last.day());
    let line = |it: &assessments::types::NoticeLine| {
        (it.application.to_string(), format!("{}（{}）", it.name, it.place))
    };
    let lines = notice.lines.iter().map(line).collect();
    let chrome = chrome.with_errors(&errors);
    page(&NoticePage {
        chrome,
        notice,
        title,
        corrected,
        selects,
        last_day,
        left,
        objections,
        lines,
        form,
        errors,
    })
}

async fn object(State(app): State<App>, Path(id): Path<NoticeId>, sent: Sent<ObjectionForm>) -> PageResult {
    let (chrome, ctx, form) = (sent.asked.chrome("公示"), sent.ctx.clone(), sent.form.clone());
    let sender = sent.sender;
    let counted = app.store.housekeep(sent.ctx.clone(), move |tx| actions::count_sender(tx, &sender));
    if !counted.await? {
        return Err(Problem::from(AwardRefusal::TooMany).into());
    }
    let (vault, calendar, sent) = (app.vault.clone(), app.calendar.clone(), (sent.ctx, sent.form));
    match app.store.write(sent.0, move |tx| actions::object(tx, &vault, &calendar, id, &sent.1)).await {
        Ok(_) => redirect_saying(
            &format!("/campaigns/notices/{id}"),
            "异议已收到，核查情况会在本页公开答复，您的姓名和电话不公开",
        ),
        Err(Problem::Invalid(errors)) => show_notice(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn result(State(app): State<App>, visitor: Visitor, Path(id): Path<CampaignId>) -> PageResult {
    let chrome = visitor.chrome("选树结果");
    let view = app.store.read(visitor.ctx, move |tx| queries::result(tx, id)).await?;
    page(&ResultPage { chrome, view })
}

/// The desk as it is shown again: what was typed, and what was wrong with it.
#[derive(Default)]
struct Typed {
    form: AwardForm,
    answer: AnswerForm,
    proposal: ProposalForm,
    excluding: Excluding,
    errors: Vec<FieldError>,
    revealed: Option<ObjectionId>,
}

async fn awards(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show_awards(&app, caller.chrome("异议与认定"), caller.ctx, id, Typed::default()).await
}

async fn show_awards(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    typed: Typed,
) -> PageResult {
    let vault = app.vault.clone();
    let Typed { form, answer, proposal, excluding, errors, revealed } = typed;
    let view = app.store.read(ctx, move |tx| queries::awards(tx, &vault, id, revealed)).await?;
    page(&AwardsPage { chrome: chrome.with_errors(&errors), view, form, answer, proposal, excluding, errors })
}

async fn reveal(State(app): State<App>, Path(id): Path<ObjectionId>, posted: Posted<Nothing>) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("异议与认定"), posted.ctx.clone());
    let campaign = app.store.write(posted.ctx, move |tx| actions::reveal(tx, id)).await?;
    show_awards(&app, chrome, ctx, campaign, Typed { revealed: Some(id), ..Typed::default() }).await
}

#[derive(Deserialize)]
struct AnswerPost {
    campaign: CampaignId,
    #[serde(flatten)]
    answer: AnswerForm,
}

async fn answer(
    State(app): State<App>,
    Path(id): Path<ObjectionId>,
    posted: Posted<AnswerPost>,
) -> PageResult {
    let (chrome, ctx, campaign) =
        (posted.asked.chrome("异议与认定"), posted.ctx.clone(), posted.form.campaign);
    let answer = posted.form.answer.clone();
    match app.store.write(posted.ctx, move |tx| actions::answer(tx, id, &posted.form.answer)).await {
        Ok(campaign) => redirect_saying(&format!("/campaigns/{campaign}/awards"), "已答复，任何人都能看到"),
        Err(Problem::Invalid(errors)) => {
            show_awards(&app, chrome, ctx, campaign, Typed { answer, errors, ..Typed::default() }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn award(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: PostedFresh<AwardForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("异议与认定"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::award(tx, id, &posted.form)).await {
        Ok(n) => {
            redirect_saying(&format!("/campaigns/{id}/awards"), &format!("已认定{n}个小区，并记入荣誉台账"))
        }
        Err(problem @ Problem::Refused { .. }) => {
            let errors = vec![FieldError::new("awarded_on", problem.to_string())];
            show_awards(&app, chrome, ctx, id, Typed { form, errors, ..Typed::default() }).await
        }
        Err(Problem::Invalid(errors)) => {
            show_awards(&app, chrome, ctx, id, Typed { form, errors, ..Typed::default() }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn propose(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: Posted<ProposalForm>,
) -> PageResult {
    let (chrome, ctx, proposal) =
        (posted.asked.chrome("异议与认定"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::propose(tx, id, &posted.form)).await {
        Ok(_) => redirect_saying(&format!("/campaigns/{id}/awards"), "已提名，须由另一人确认后生效"),
        Err(Problem::Invalid(errors)) => {
            show_awards(&app, chrome, ctx, id, Typed { proposal, errors, ..Typed::default() }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn exclude(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: PostedFresh<Excluding>,
) -> PageResult {
    let (chrome, ctx, excluding) =
        (posted.asked.chrome("异议与认定"), posted.ctx.clone(), posted.form.clone());
    let vault = app.vault.clone();
    match app.store.write(posted.ctx, move |tx| exclusions::exclude(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}/awards"), "已撤下，请重新公示更正后的名单"),
        Err(Problem::Invalid(errors)) => {
            show_awards(&app, chrome, ctx, id, Typed { excluding, errors, ..Typed::default() }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn confirm(
    State(app): State<App>,
    Path(id): Path<ChoiceId>,
    posted: PostedFresh<Nothing>,
) -> PageResult {
    let campaign = app.store.write(posted.ctx, move |tx| actions::confirm(tx, id)).await?;
    redirect_saying(&format!("/campaigns/{campaign}/awards"), "提名已确认")
}

async fn withdraw(State(app): State<App>, Path(id): Path<ChoiceId>, posted: Posted<Nothing>) -> PageResult {
    let campaign = app.store.write(posted.ctx, move |tx| actions::withdraw(tx, id)).await?;
    redirect_saying(&format!("/campaigns/{campaign}/awards"), "提名已撤回，名额空出")
}

/// 推荐上报名单, with recommendation and evaluation side by side.
async fn recommendation(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let vault = app.vault.clone();
    let (campaign, rows) =
        app.store.read(caller.ctx, move |tx| queries::recommendation(tx, &vault, id)).await?;
    let heads = [
        "序号",
        "小区名称",
        "所在地",
        "物业服务企业",
        "测评得分",
        "县区推荐（得分及排名）",
        "小区党组织",
        "业主委员会",
        "认定称号",
    ];
    let columns: Vec<Column> = heads.iter().map(|it| Column::text(it, 20)).collect();
    let rows: Vec<Vec<Cell>> = rows.into_iter().map(|it| it.into_iter().map(Cell::Text).collect()).collect();
    let sheet =
        documents::write_xlsx("推荐名单", &columns, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, &format!("{}推荐名单.xlsx", campaign.title), sheet))
}

impl NoticePage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl AwardsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn closed(&self) -> bool {
        !self.view.awards.is_empty()
    }
}
