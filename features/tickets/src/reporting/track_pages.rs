//! The pages of whoever holds a code. Work without an account and without JavaScript.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use files::AttachmentId;
use kernel::Problem;
use serde::Deserialize;
use web::{Chrome, PageResult, Sent, Visitor, page, redirect_saying};

use super::{
    actions,
    queries::{self, TrackView},
    report_pages::count,
    rules as own,
};
use crate::cases::{forms::Rating, refusals::TicketRefusal};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/track/{code}", get(track))
        .route("/track/{code}/photos/{photo}", get(photo))
        .route("/track/{code}/rate", post(rate))
        .route("/track/{code}/object", post(object))
        .route("/track/{code}/withdraw", post(withdraw))
        .route("/track/{code}/urge", post(urge))
        .route("/track/{code}/add", post(add))
}

#[derive(Template)]
#[template(path = "track.html")]
struct TrackPage {
    chrome: Chrome,
    view: TrackView,
    code: String,
    fresh: bool,
    typed: Typed,
}

/// What was typed into the page of a case and could not be taken, and why.
#[derive(Default)]
struct Typed {
    /// `rate`, `object`, `add`, `urge`, `withdraw`; empty where nothing was.
    verb: &'static str,
    form: Rating,
    refused: String,
}

/// One code may urge and add so often a day; more helps nobody.
async fn heard(app: &App, ctx: &kernel::Ctx, code: &str) -> Result<(), Problem> {
    let mark = app.vault.look_up(&own::typed_code(code).unwrap_or_default());
    let heard = count(app, ctx, format!("say {mark}"), own::MOST_SAYS, 24, "tickets.follow_up").await?;
    heard.then_some(()).ok_or_else(|| TicketRefusal::SaidEnough.into())
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    fresh: String,
    /// The first of the two questions, answered by a link that changes nothing: `yes` or `no`.
    solved: String,
}

async fn track(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(query): Query<Asked>,
) -> PageResult {
    let form = Rating { solved: query.solved, ..Rating::default() };
    let typed = Typed { form, ..Typed::default() };
    show_case(&app, visitor.chrome("查看进度"), visitor.ctx, code, query.fresh == "yes", typed).await
}

async fn show_case(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    code: String,
    fresh: bool,
    typed: Typed,
) -> PageResult {
    let (vault, calendar, held) = (app.vault.clone(), app.calendar.clone(), code.clone());
    let ctx = kernel::Ctx { key: None, ..ctx };
    let view = app.store.read(ctx, move |tx| queries::track(tx, &vault, &calendar, &held)).await?;
    page(&TrackPage { chrome, view, code, fresh, typed })
}

/// What a verb of the page ended with: said on the page, or the page again with what was typed.
async fn ended(
    app: &App,
    (chrome, ctx, code): (Chrome, kernel::Ctx, String),
    (verb, form): (&'static str, Rating),
    done: Result<(), Problem>,
    said: &'static str,
) -> PageResult {
    match done {
        Ok(()) => redirect_saying(&format!("/tickets/track/{code}"), said),
        Err(Problem::Refused { message, .. }) => {
            let typed = Typed { verb, form, refused: message };
            show_case(app, chrome, ctx, code, false, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn photo(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, photo)): Path<(String, AttachmentId)>,
) -> PageResult {
    let vault = app.vault.clone();
    let found = app.store.read(visitor.ctx, move |tx| queries::photo(tx, &vault, &code, photo)).await?;
    web::kept(&app, &found)
}

async fn rate(State(app): State<App>, Path(code): Path<String>, sent: Sent<Rating>) -> PageResult {
    let (vault, calendar, held) = (app.vault.clone(), app.calendar.clone(), code.clone());
    let (page, form) = ((sent.asked.chrome("查看进度"), sent.ctx.clone(), code), sent.form.clone());
    let done = app.store.write(sent.ctx, move |tx| actions::rate(tx, &vault, &calendar, &held, &sent.form));
    let (done, asked, vault) = (done.await, page.1.clone(), app.vault.clone());
    let said = match (&done, form.solved.as_str()) {
        (Ok(()), "no") => {
            let (code, ctx) = (page.2.clone(), kernel::Ctx { key: None, ..asked });
            let open = app.store.read(ctx, move |tx| Ok(actions::held(tx, &vault, &code)?.stage.is_open()));
            if open.await? {
                "已转回重新办理，进度会在本页更新"
            } else {
                "评价已记入，这件诉求已办结"
            }
        }
        _ => "感谢评价，案件已办结",
    };
    ended(&app, page, ("rate", form), done, said).await
}

async fn object(State(app): State<App>, Path(code): Path<String>, sent: Sent<Rating>) -> PageResult {
    let (vault, calendar, held) = (app.vault.clone(), app.calendar.clone(), code.clone());
    let (page, form) = ((sent.asked.chrome("查看进度"), sent.ctx.clone(), code), sent.form.clone());
    let words = form.words.clone();
    let done = app.store.write(sent.ctx, move |tx| actions::object(tx, &vault, &calendar, &held, &words));
    ended(&app, page, ("object", form), done.await, "已申请复核，结果会写在本页").await
}

async fn withdraw(State(app): State<App>, Path(code): Path<String>, sent: Sent<Rating>) -> PageResult {
    let (vault, held) = (app.vault.clone(), code.clone());
    let page = (sent.asked.chrome("查看进度"), sent.ctx.clone(), code);
    let done = app.store.write(sent.ctx, move |tx| actions::withdraw(tx, &vault, &held)).await;
    ended(&app, page, ("withdraw", sent.form), done, "已撤回").await
}

async fn urge(State(app): State<App>, Path(code): Path<String>, sent: Sent<Rating>) -> PageResult {
    let (vault, held) = (app.vault.clone(), code.clone());
    let page = (sent.asked.chrome("查看进度"), sent.ctx.clone(), code);
    let done = match heard(&app, &sent.ctx, &held).await {
        Ok(()) => app.store.write(sent.ctx, move |tx| actions::urge(tx, &vault, &held)).await,
        Err(problem) => Err(problem),
    };
    ended(&app, page, ("urge", sent.form), done, "已催办，承办单位会看到").await
}

async fn add(State(app): State<App>, Path(code): Path<String>, sent: Sent<Rating>) -> PageResult {
    let (vault, held) = (app.vault.clone(), code.clone());
    let (page, form) = ((sent.asked.chrome("查看进度"), sent.ctx.clone(), code), sent.form.clone());
    // An empty text costs no try.
    let blank = sent.form.words.trim().is_empty();
    let counted = if blank { Ok(()) } else { heard(&app, &sent.ctx, &held).await };
    let done = match counted {
        Ok(()) => {
            app.store.write(sent.ctx, move |tx| actions::add(tx, &vault, &held, &sent.form.words)).await
        }
        Err(problem) => Err(problem),
    };
    ended(&app, page, ("add", form), done, "已补充").await
}

impl TrackPage {
    /// Why a verb of the page was refused, beside its own fields.
    fn refused(&self, verb: &str) -> Option<&str> {
        (self.typed.verb == verb).then_some(self.typed.refused.as_str())
    }

    /// The first question's answer, while the second is asked.
    fn solved(&self) -> Option<&'static str> {
        match self.typed.form.solved.as_str() {
            "yes" => Some("已解决"),
            "no" => Some("没有解决"),
            _ => None,
        }
    }

    /// In two fives, as it is read aloud.
    fn spoken(&self) -> String {
        super::spoken(&self.code)
    }
}
