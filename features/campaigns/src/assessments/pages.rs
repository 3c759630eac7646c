//! The pages of sheets, rankings and posted lists. Thin: read the form, call the verb, show the page.

use std::sync::Arc;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{
    ApiResult, Caller, Chrome, Drafted, PageResult, Posted, PostedFresh, drafted, error_of, page,
    redirect_saying, redirect_warning,
};

use super::{
    actions,
    explaining::{self, ScoreView},
    policy,
    queries::{self, RefinementView, SheetLine, SheetView},
    ranking::{self, RankingView},
    types::{Level, Panel, Parts, Posting, SheetId},
};
use crate::{
    applications::types::{ApplicationId, Fields},
    openings::{self, types::CampaignId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sheets", get(my_sheets))
        .route("/sheets/{id}", get(sheet).post(mark))
        .route("/sheets/{id}/draft", post(draft))
        .route("/sheets/{id}/lock", post(lock))
        .route("/sheets/{id}/step-aside", post(step_aside))
        .route("/sheets/{id}/files/{file}", get(file))
        .route("/sheets/{id}/void", post(void))
        .route("/applications/{id}/score", get(score))
        .route("/applications/{id}/county-score", get(county_score))
        .route("/{id}/assign", post(assign))
        .route("/{id}/ranking", get(ranking))
        .route("/{id}/county-assign", post(assign_county))
        .route("/{id}/county-ranking", get(county_ranking))
        .route("/{id}/refinement", get(refine_page).post(refine))
        .route("/{id}/publish", post(publish))
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
#[template(path = "refinement.html")]
struct RefinePage {
    chrome: Chrome,
    view: RefinementView,
    typed: Parts,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "score.html")]
struct ScorePage {
    chrome: Chrome,
    view: ScoreView,
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
    typed: Option<Arc<Fields>>,
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

async fn file(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(SheetId, files::AttachmentId)>,
) -> PageResult {
    let found = app.store.read(caller.ctx, move |tx| queries::file(tx, id, file)).await?;
    web::kept(&app, &found)
}

/// A sheet as it was sent: some fifty fields whose names its standard says.
type Pairs = Vec<(String, String)>;

fn named(pairs: Pairs) -> Arc<Fields> {
    Arc::new(pairs.into_iter().collect())
}

async fn mark(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Pairs>) -> PageResult {
    let (asked, ctx, typed) = (posted.asked.clone(), posted.ctx.clone(), named(posted.form));
    let form = typed.clone();
    match app.store.write(posted.ctx, move |tx| actions::mark(tx, id, &form)).await {
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

/// Saves while the page is being filled in; told in a line beside the buttons.
async fn draft(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Pairs>) -> ApiResult<Drafted> {
    let typed = named(posted.form);
    let version = typed.get("version").cloned();
    app.store.write(posted.ctx, move |tx| actions::mark(tx, id, &typed)).await?;
    drafted(version.as_deref())
}

#[derive(Deserialize)]
struct Nothing {}

async fn lock(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<Pairs>) -> PageResult {
    let (asked, ctx, typed) = (posted.asked.clone(), posted.ctx.clone(), named(posted.form));
    let told = |problem: &Problem| vec![FieldError::new("marks", problem.to_string())];
    let form = typed.clone();
    match app.store.write(posted.ctx, move |tx| actions::lock(tx, id, &form)).await {
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
    assign_panel(app, id, posted, Panel::City).await
}

async fn assign_county(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: Posted<Nothing>,
) -> PageResult {
    let (_may, tenant) = policy::may_rank_county(&posted.ctx.actor).map_err(Problem::from)?;
    assign_panel(app, id, posted, Panel::County(tenant)).await
}

async fn assign_panel(app: App, id: CampaignId, posted: Posted<Nothing>, panel: Panel) -> PageResult {
    let vault = app.vault.clone();
    let done = app.store.write(posted.ctx, move |tx| actions::assign(tx, &vault, id, panel)).await?;
    let (page, said) =
        (format!("/campaigns/{id}/{}", panel.path()), format!("已分配，新增{}份评分表", done.made));
    if done.short.is_empty() {
        return redirect_saying(&page, &said);
    }
    let short = done.short.join("、");
    redirect_warning(
        &page,
        &format!("{said}。{short}还缺评分人：其余的人都评过、已回避或已作废，请增加测评人员"),
    )
}

async fn void(State(app): State<App>, Path(id): Path<SheetId>, posted: Posted<VoidForm>) -> PageResult {
    let (campaign, reason) = (posted.form.campaign, posted.form.reason.clone());
    let panel = app.store.write(posted.ctx, move |tx| actions::void(tx, id, &reason)).await?;
    redirect_saying(
        &format!("/campaigns/{campaign}/{}", panel.path()),
        "评分表已作废。如人数不足，请再次点“分配评分表”",
    )
}

#[derive(Deserialize)]
struct VoidForm {
    campaign: CampaignId,
    #[serde(default)]
    reason: String,
}

async fn ranking(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let form = Posting { days: "7".into(), ..Posting::default() };
    show_ranking(&app, caller.chrome("测评与排名"), caller.ctx, id, Panel::City, form, vec![]).await
}

/// 县区自评.
async fn county_ranking(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let (_may, tenant) = policy::may_rank_county(&caller.ctx.actor).map_err(Problem::from)?;
    let (chrome, panel) = (caller.chrome("县区自评与排名"), Panel::County(tenant));
    show_ranking(&app, chrome, caller.ctx, id, panel, Posting::default(), vec![]).await
}

async fn show_ranking(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    panel: Panel,
    form: Posting,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| {
        let campaign = openings::queries::seen(tx, id)?;
        ranking::ranking(tx, &vault, campaign, panel)
    });
    page(&RankingPage { chrome: chrome.with_errors(&errors), view: view.await?, form, errors })
}

async fn publish(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: PostedFresh<Posting>,
) -> PageResult {
    let (vault, chrome, ctx, form) =
        (app.vault.clone(), posted.asked.chrome("测评与排名"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::publish(tx, &vault, id, &posted.form)).await {
        Ok(notice) => {
            redirect_saying(&format!("/campaigns/notices/{notice}"), "公示已发布，任何人都可以查看")
        }
        Err(Problem::Invalid(errors)) => show_ranking(&app, chrome, ctx, id, Panel::City, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn refine_page(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show_refine(&app, caller.chrome("细化标准"), caller.ctx, id, None, vec![]).await
}

async fn show_refine(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    typed: Option<Parts>,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::refinement(tx, id)).await?;
    page(&RefinePage { chrome: chrome.with_errors(&errors), view, typed: typed.unwrap_or_default(), errors })
}

async fn refine(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<Parts>) -> PageResult {
    let (chrome, ctx, typed) = (posted.asked.chrome("细化标准"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::refine(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(
            &format!("/campaigns/{id}/county-ranking"),
            "细化标准已保存，本县区的得分已按新的份数重新计算",
        ),
        Err(Problem::Invalid(errors)) => show_refine(&app, chrome, ctx, id, Some(typed), errors).await,
        Err(problem) => Err(problem.into()),
    }
}

/// 得分说明.
async fn score(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    show_score(app, caller, id, false).await
}

/// 县区自评的得分说明.
async fn county_score(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    show_score(app, caller, id, true).await
}

async fn show_score(app: App, caller: Caller, id: ApplicationId, countys: bool) -> PageResult {
    let (chrome, vault) = (caller.chrome("得分说明"), app.vault.clone());
    let view = app.store.read(caller.ctx, move |tx| explaining::explained(tx, &vault, id, countys)).await?;
    page(&ScorePage { chrome, view })
}

impl SheetsPage {
    fn is_countys(level: &Level) -> bool {
        *level == Level::County
    }
}

impl SheetPage {
    fn short(says: &str) -> String {
        says.chars().take(24).collect()
    }
}

impl RefinePage {
    /// What was typed, or what stands.
    fn part<'a>(&'a self, it: &'a (String, String, String)) -> &'a str {
        self.typed.get(&format!("part-{}", it.0)).map_or(&it.2, String::as_str)
    }

    fn reason(&self) -> &str {
        self.typed.get("reason").map_or(&self.view.reason, String::as_str)
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl RankingPage {
    fn is_city(&self) -> bool {
        self.view.panel == Panel::City
    }

    fn assign_path(&self) -> String {
        let verb = if self.is_city() { "assign" } else { "county-assign" };
        format!("/campaigns/{}/{verb}", self.view.campaign.id)
    }

    fn tied(tie: &::rules::TieBreak) -> bool {
        *tie == ::rules::TieBreak::Tied
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
