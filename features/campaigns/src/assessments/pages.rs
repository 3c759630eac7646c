//! The pages of sheets, rankings and posted lists. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, Visitor, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, RankingView, SheetLine, SheetView},
    rules,
    types::{Notice, NoticeId, Posting, SheetId, Stage},
};
use crate::{applications::types::Fields, openings::types::CampaignId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sheets", get(my_sheets))
        .route("/sheets/{id}", get(sheet).post(mark))
        .route("/sheets/{id}/lock", post(lock))
        .route("/sheets/{id}/step-aside", post(step_aside))
        .route("/{id}/assign", post(assign))
        .route("/{id}/ranking", get(ranking))
        .route("/{id}/publish", post(publish))
        .route("/notices/{id}", get(notice))
}

#[derive(Template)]
#[template(path = "sheets.html")]
struct SheetsPage {
    chrome: Chrome,
    sheets: Vec<SheetLine>,
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct SheetPage {
    chrome: Chrome,
    view: SheetView,
    errors: Vec<FieldError>,
    conflict: bool,
}

#[derive(Template)]
#[template(path = "ranking.html")]
struct RankingPage {
    chrome: Chrome,
    view: RankingView,
    form: Posting,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    chrome: Chrome,
    notice: Notice,
    title: String,
    last_day: String,
    left: i64,
}

async fn my_sheets(State(app): State<App>, caller: Caller) -> PageResult {
    let (chrome, vault) = (caller.chrome("我的评分表"), app.vault.clone());
    let sheets = app.store.read(caller.ctx, move |tx| queries::my_sheets(tx, &vault)).await?;
    page(&SheetsPage { chrome, sheets })
}

async fn sheet(State(app): State<App>, caller: Caller, Path(id): Path<SheetId>) -> PageResult {
    let asked = caller.asked;
    show_sheet(&app, |title| asked.chrome(title), caller.ctx, id, None, vec![], false).await
}

async fn show_sheet(
    app: &App,
    chrome: impl Fn(&str) -> Chrome,
    ctx: kernel::Ctx,
    id: SheetId,
    typed: Option<Fields>,
    errors: Vec<FieldError>,
    conflict: bool,
) -> PageResult {
    let vault = app.vault.clone();
    let mut view = app.store.read(ctx, move |tx| queries::sheet(tx, &vault, id)).await?;
    if let Some(typed) = typed {
        // What was typed stays on the page, right or wrong.
        for item in view.groups.iter_mut().flat_map(|it| &mut it.items) {
            let field = |kind: &str| typed.get(&format!("{kind}-{}", item.code)).cloned();
            (item.mark, item.note) = (field("mark").unwrap_or_default(), field("note").unwrap_or_default());
        }
    }
    let chrome = chrome(&format!("{}评分表", view.community.name)).with_errors(&errors);
    page(&SheetPage { chrome, view, errors, conflict })
}

async fn mark(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Fields>) -> PageResult {
    let (asked, ctx, typed) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::mark(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/sheets/{id}"), "评分已保存"),
        Err(Problem::Invalid(errors)) => {
            show_sheet(&app, |it| asked.chrome(it), ctx, id, Some(typed), errors, false).await
        }
        Err(Problem::Conflict) => {
            show_sheet(&app, |it| asked.chrome(it), ctx, id, Some(typed), vec![], true).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn lock(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Fields>) -> PageResult {
    let (asked, ctx, typed) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    let told = |problem: &Problem| vec![FieldError::new("marks", problem.to_string())];
    match app.store.write(posted.ctx, move |tx| actions::lock(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying("/campaigns/sheets", "评分表已锁定"),
        Err(Problem::Invalid(errors)) => {
            show_sheet(&app, |it| asked.chrome(it), ctx, id, Some(typed), errors, false).await
        }
        // Gaps are told on the sheet itself, with everything typed still there.
        Err(problem @ Problem::Refused { code: "campaigns.sheet_unmarked", .. }) => {
            show_sheet(&app, |it| asked.chrome(it), ctx, id, Some(typed), told(&problem), false).await
        }
        Err(Problem::Conflict) => {
            show_sheet(&app, |it| asked.chrome(it), ctx, id, Some(typed), vec![], true).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn step_aside(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::step_aside(tx, id)).await?;
    redirect_saying("/campaigns/sheets", "已声明回避，这份评分表不计分")
}

async fn assign(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<Nothing>) -> PageResult {
    let vault = app.vault.clone();
    let made = app.store.write(posted.ctx, move |tx| actions::assign(tx, &vault, id)).await?;
    redirect_saying(&format!("/campaigns/{id}/ranking"), &format!("已分配，新增{made}份评分表"))
}

async fn ranking(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show_ranking(
        &app,
        caller.chrome("测评与排名"),
        caller.ctx,
        id,
        Posting { days: "7".into(), ..Posting::default() },
        vec![],
    )
    .await
}

async fn show_ranking(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    form: Posting,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::ranking(tx, &vault, id)).await?;
    page(&RankingPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn publish(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<Posting>) -> PageResult {
    let (vault, chrome, ctx, form) =
        (app.vault.clone(), posted.asked.chrome("测评与排名"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::publish(tx, &vault, id, &posted.form)).await {
        Ok(notice) => {
            redirect_saying(&format!("/campaigns/notices/{notice}"), "公示已发布，任何人都可以查看")
        }
        Err(Problem::Invalid(errors)) => show_ranking(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn notice(State(app): State<App>, visitor: Visitor, Path(id): Path<NoticeId>) -> PageResult {
    let (chrome, today) = (visitor.chrome("公示"), visitor.ctx.today());
    let (notice, title) = app.store.read(visitor.ctx, move |tx| queries::notice(tx, id)).await?;
    let last = rules::last_day(notice.posted_on, notice.days);
    let left = i64::from((last - today).get_days());
    let last_day = format!("{}年{}月{}日", last.year(), last.month(), last.day());
    page(&NoticePage { chrome, notice, title, last_day, left })
}

impl SheetPage {
    fn is_open(&self) -> bool {
        self.view.sheet.stage == Stage::Open
    }
}

impl RankingPage {
    fn tied(tie: &::rules::TieBreak) -> bool {
        *tie == ::rules::TieBreak::Tied
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
