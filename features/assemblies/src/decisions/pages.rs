//! The pages of decisions for those who convene, review, oversee and observe.

use ::store::Tx;
use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use registry::communities::{CommunityId, CommunityView};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect, redirect_saying};

use super::{
    actions,
    home::{self, HomeView},
    labels,
    queries::{self, Blank, DecisionList, DecisionView},
    types::{DecisionId, Drafting, Precedence, Reporting, Reviewing, Sealing, Timing},
};
use crate::{
    counting,
    objections::{Answering, ObjectionId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list))
        .route("/communities/{id}", get(home))
        .route("/communities/{id}/decisions/new", get(blank))
        .route("/communities/{id}/decisions", post(draft))
        .route("/decisions/{id}", get(show))
        .route("/decisions/{id}/edit", get(edit_page).post(edit))
        .route("/decisions/{id}/ask", post(ask))
        .route("/decisions/{id}/report", post(report))
        .route("/decisions/{id}/reviews", post(review))
        .route("/decisions/{id}/notice", post(notice))
        .route("/decisions/{id}/extend", post(extend))
        .route("/decisions/{id}/seal", post(seal))
        .route("/decisions/{id}/count", post(count))
        .route("/decisions/{id}/void", post(void))
        .route("/decisions/{id}/finalize", post(finalize))
        .route("/decisions/{id}/cancel", post(cancel))
        .route("/decisions/{id}/objections/{objection}", post(answer))
}

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "decisions.html")]
struct ListPage {
    chrome: Chrome,
    list: DecisionList,
    named: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    chrome: Chrome,
    view: HomeView,
}

#[derive(Template)]
#[template(path = "decision.html")]
struct ShowPage {
    chrome: Chrome,
    view: DecisionView,
    timing: Timing,
    reviewing: Reviewing,
    reporting: Reporting,
    sealing: Sealing,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "decision_form.html")]
struct FormPage {
    chrome: Chrome,
    community: CommunityView,
    /// What may be ticked as 表决范围.
    parts: Vec<String>,
    action: String,
    form: Drafting,
    matters: Options,
    precedences: Options,
    errors: Vec<FieldError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ListQuery {
    after: String,
    /// A community's name, or a part of it.
    named: String,
}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<ListQuery>) -> PageResult {
    let chrome = caller.chrome("业主自治");
    let after = query.after.parse().ok();
    let named = query.named.clone();
    let list = app.store.read(caller.ctx, move |tx| queries::list(tx, after, &named)).await?;
    page(&ListPage { chrome, list, named: query.named })
}

async fn home(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    let chrome = caller.chrome("业主自治");
    let vault = app.vault.clone();
    let view = app.store.read(caller.ctx, move |tx| home::home(tx, &vault, id)).await?;
    page(&HomePage { chrome, view })
}

fn form_page(
    chrome: Chrome,
    Blank { community, parts }: Blank,
    action: String,
    form: Drafting,
    errors: Vec<FieldError>,
) -> PageResult {
    let matters = labels::MATTERS.iter().map(|it| (it.0.to_string(), format!("（{}）{}", it.0, it.1)));
    let precedences = Precedence::ALL.iter();
    let precedences = precedences.map(|it| (it.code().to_owned(), labels::precedence(*it).to_owned()));
    page(&FormPage {
        chrome: chrome.with_errors(&errors),
        community,
        parts,
        action,
        form,
        matters: matters.collect(),
        precedences: precedences.collect(),
        errors,
    })
}

async fn blank(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    let chrome = caller.chrome("起草表决事项");
    let blank = app.store.read(caller.ctx, move |tx| queries::blank(tx, id)).await?;
    let form = Drafting {
        precedence: "paper".to_owned(),
        result_days: "7".to_owned(),
        proxy_cap: "1".to_owned(),
        scans: "yes".to_owned(),
        ..Drafting::default()
    };
    form_page(chrome, blank, format!("/assemblies/communities/{id}/decisions"), form, vec![])
}

async fn draft(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<Drafting>) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("起草表决事项"), posted.ctx.clone());
    let form = posted.form.clone();
    let vault = app.vault.clone();
    match app.store.write(posted.ctx, move |tx| actions::draft(tx, &vault, id, &posted.form)).await {
        Ok(made) => redirect(&format!("/assemblies/decisions/{made}")),
        Err(Problem::Invalid(errors)) => {
            let ctx = kernel::Ctx { key: None, ..ctx };
            let blank = app.store.read(ctx, move |tx| queries::blank(tx, id)).await?;
            form_page(chrome, blank, format!("/assemblies/communities/{id}/decisions"), form, errors)
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn edit_page(State(app): State<App>, caller: Caller, Path(id): Path<DecisionId>) -> PageResult {
    let chrome = caller.chrome("修改表决事项");
    let (blank, form) = app.store.read(caller.ctx, move |tx| queries::form(tx, id)).await?;
    form_page(chrome, blank, format!("/assemblies/decisions/{id}/edit"), form, vec![])
}

async fn edit(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Drafting>) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("修改表决事项"), posted.ctx.clone());
    let form = posted.form.clone();
    let vault = app.vault.clone();
    match app.store.write(posted.ctx, move |tx| actions::edit(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/decisions/{id}"), "已保存，请重新送审"),
        Err(Problem::Invalid(errors)) => {
            let ctx = kernel::Ctx { key: None, ..ctx };
            let (blank, _) = app.store.read(ctx, move |tx| queries::form(tx, id)).await?;
            form_page(chrome, blank, format!("/assemblies/decisions/{id}/edit"), form, errors)
        }
        Err(problem) => Err(problem.into()),
    }
}

/// What was typed into one of the forms of a decision's page, shown again with what is wrong.
#[derive(Default)]
struct Typed {
    timing: Timing,
    reviewing: Reviewing,
    reporting: Reporting,
    sealing: Sealing,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<DecisionId>) -> PageResult {
    show_with(&app, caller.chrome("表决事项"), caller.ctx, id, Typed::default()).await
}

async fn show_with(app: &App, chrome: Chrome, ctx: kernel::Ctx, id: DecisionId, typed: Typed) -> PageResult {
    let (vault, calendar) = (app.vault.clone(), app.calendar.clone());
    let ctx = kernel::Ctx { key: None, ..ctx };
    let view = app.store.read(ctx, move |tx| queries::decision(tx, &vault, &calendar, id)).await?;
    let Typed { timing, reviewing, reporting, sealing, errors } = typed;
    page(&ShowPage {
        chrome: chrome.with_errors(&errors),
        view,
        timing,
        reviewing,
        reporting,
        sealing,
        errors,
    })
}

/// Done: back to the decision with a sentence. To be corrected: the decision with what was typed.
async fn finished(
    app: &App,
    asked: &web::Asked,
    ctx: kernel::Ctx,
    id: DecisionId,
    done: Result<(), Problem>,
    said: &str,
    typed: Typed,
) -> PageResult {
    match done {
        Ok(()) => redirect_saying(&format!("/assemblies/decisions/{id}"), said),
        Err(Problem::Invalid(errors)) => {
            show_with(app, asked.chrome("表决事项"), ctx, id, Typed { errors, ..typed }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn ask(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::ask(tx, id)).await?;
    redirect_saying(&format!("/assemblies/decisions/{id}"), "已送审")
}

async fn review(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Reviewing>) -> PageResult {
    let (ctx, form, calendar) = (posted.ctx.clone(), posted.form.clone(), app.calendar.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::review(tx, &calendar, id, &posted.form)).await;
    let said =
        if form.opinion == "exempt" { "逾期豁免已登记，写入公告" } else { "意见已出具" };
    let typed = Typed { reviewing: form, ..Typed::default() };
    finished(&app, &posted.asked, ctx, id, done, said, typed).await
}

async fn report(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Reporting>) -> PageResult {
    let (ctx, form) = (posted.ctx.clone(), posted.form.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::report(tx, id, &posted.form)).await;
    let typed = Typed { reporting: form, ..Typed::default() };
    finished(&app, &posted.asked, ctx, id, done, "书面报告已登记，社区和街道能看到", typed).await
}

async fn notice(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Timing>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::notice(tx, &vault, id, &posted.form)).await;
    let mut said = "已公告。请由社区打印表决凭证并逐户送达";
    // What was announced stands, whatever becomes of the texts.
    if done.is_ok() && form.text == "yes" && texted(&app, &ctx, id).await.is_err() {
        said = "已公告，但短信没有全部发出，请改用上门和张贴";
    }
    let typed = Typed { timing: form, ..Typed::default() };
    finished(&app, &posted.asked, ctx, id, done, said, typed).await
}

/// Some homes at a time.
async fn texted(app: &App, ctx: &kernel::Ctx, id: DecisionId) -> Result<(), Problem> {
    let mut from = Some(0);
    while let Some(at) = from {
        let (vault, ctx) = (app.vault.clone(), kernel::Ctx { key: None, ..ctx.clone() });
        from = app.store.write(ctx, move |tx| actions::text(tx, &vault, id, at)).await?;
    }
    Ok(())
}

async fn extend(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Timing>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::extend(tx, &vault, id, &posted.form)).await;
    let typed = Typed { timing: form, ..Typed::default() };
    finished(&app, &posted.asked, ctx, id, done, "已延期，公告页已更新", typed).await
}

async fn seal(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Sealing>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::seal(tx, &vault, id, &posted.form)).await;
    let typed = Typed { sealing: form, ..Typed::default() };
    finished(&app, &posted.asked, ctx, id, done, "已封票，可以计票", typed).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Why {
    reason: String,
}

async fn count(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Why>) -> PageResult {
    let (ctx, vault) = (posted.ctx.clone(), app.vault.clone());
    let done =
        app.store.write(posted.ctx, move |tx| counting::count(tx, &vault, id, &posted.form.reason)).await;
    finished(&app, &posted.asked, ctx, id, done, "已计票，初步结果开始公示", Typed::default()).await
}

async fn finalize(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Nothing>) -> PageResult {
    let vault = app.vault.clone();
    app.store.write(posted.ctx, move |tx| counting::finalize(tx, &vault, id)).await?;
    redirect_saying(&format!("/assemblies/decisions/{id}"), "最终结果已确认")
}

async fn void(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    posted: Posted<counting::Voiding>,
) -> PageResult {
    let ctx = posted.ctx.clone();
    let done = app.store.write(posted.ctx, move |tx| counting::void(tx, id, &posted.form)).await;
    finished(&app, &posted.asked, ctx, id, done, "已作废，须重新计票并公示", Typed::default()).await
}

async fn cancel(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Why>) -> PageResult {
    let (ctx, vault) = (posted.ctx.clone(), app.vault.clone());
    let done =
        app.store.write(posted.ctx, move |tx| actions::cancel(tx, &vault, id, &posted.form.reason)).await;
    finished(&app, &posted.asked, ctx, id, done, "已取消", Typed::default()).await
}

async fn answer(
    State(app): State<App>,
    Path((id, objection)): Path<(DecisionId, ObjectionId)>,
    posted: Posted<Answering>,
) -> PageResult {
    let (ctx, vault) = (posted.ctx.clone(), app.vault.clone());
    let work = move |tx: &mut Tx<'_>| counting::answer(tx, &vault, id, objection, &posted.form);
    let done = app.store.write(posted.ctx, work).await;
    finished(&app, &posted.asked, ctx, id, done, "异议已答复", Typed::default()).await
}

impl ShowPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    /// What was typed for a building's box.
    fn sheets(&self, building: &str) -> String {
        let at = self.sealing.building.iter().position(|it| it == building);
        let before = self.view.decision.stage.boxes().iter().find(|it| it.building == building);
        let typed = at.and_then(|it| self.sealing.sheets.get(it)).cloned();
        typed.or_else(|| before.map(|it| it.sheets.to_string())).unwrap_or_default()
    }
}

impl FormPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    /// The rows of the agenda: those typed, and some empty ones.
    fn rows(&self) -> Vec<usize> {
        (0..(self.form.item.len() + 2).max(5)).collect()
    }

    fn is_ticked(&self, part: &str) -> bool {
        self.form.parts.iter().any(|it| it == part)
    }

    fn typed(column: &[String], n: &usize) -> String {
        column.get(*n).cloned().unwrap_or_default()
    }
}
