//! The pages of reporting and tracking. Work without an account and without JavaScript.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use files::AttachmentId;
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Chrome, PageResult, Sent, SentFiles, Visitor, error_of, page, redirect, redirect_saying};

use super::{
    actions, places,
    places::Tree,
    queries::{self, Desks, NearbyView, TrackView},
    rules as own,
};
use crate::cases::{
    self,
    forms::{Intake, Rating},
    labels::{self, Options},
    photos,
    refusals::TicketRefusal,
    types::TicketId,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/report", get(report_page).post(report))
        .route("/follow/{id}", post(follow))
        .route("/track/{code}", get(track))
        .route("/track/{code}/photos/{photo}", get(photo))
        .route("/track/{code}/rate", post(rate))
        .route("/track/{code}/withdraw", post(withdraw))
        .route("/track/{code}/urge", post(urge))
        .route("/track/{code}/add", post(add))
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    chrome: Chrome,
    /// Typed to find the community, and what was found.
    named: String,
    found: Vec<registry::communities::Found>,
    tree: Tree,
    /// A community was named, and there is none of that number: a torn code, an old link.
    unknown: bool,
    community: Option<registry::communities::Found>,
    nearby: Vec<NearbyView>,
    desks: Desks,
    plan: Option<registry::plans::PublicPlan>,
    /// Where a mark of the plan leads, up to the place's name.
    base: String,
    categories: Options,
    kinds: Options,
    openness: Options,
    form: Intake,
    errors: Vec<FieldError>,
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
    /// `rate`, `add`, `urge`, `withdraw`; empty where nothing was.
    verb: &'static str,
    form: Rating,
    refused: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Where {
    named: String,
    community: String,
    building: String,
    /// A step of the way down the tree of places.
    at: String,
    /// Not at home, for once.
    other: String,
}

async fn report_page(State(app): State<App>, visitor: Visitor, Query(query): Query<Where>) -> PageResult {
    // An owner begins at home.
    let home = match visitor.ctx.actor.hat.scope {
        kernel::Scope::Community(id) if visitor.ctx.actor.is(kernel::Role::Owner) => id.to_string(),
        _ => String::new(),
    };
    let asks = query.other == "yes" || !query.named.is_empty() || !query.at.is_empty();
    let community = if query.community.is_empty() && !asks { home } else { query.community.clone() };
    let form = Intake { community, building: query.building.clone(), ..Intake::default() };
    let (chrome, asked) = (visitor.chrome("反映问题"), visitor.asked);
    let shown = show_report(&app, chrome, visitor.ctx, query, form, vec![]).await?;
    Ok(web::marked(&app, &asked, shown))
}

async fn show_report(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    query: Where,
    form: Intake,
    errors: Vec<FieldError>,
) -> PageResult {
    let (asked, chosen) = (query.named.clone(), form.community.parse::<i64>().ok());
    let at = kernel::parse_id(&query.at);
    // A code that leads to no community is told, not passed over.
    let asked_for = !form.community.trim().is_empty();
    let (building, category) = (form.building.clone(), form.category.clone());
    let read = app.store.read(ctx, move |tx| {
        let found = registry::communities::found(tx, &asked)?;
        let community = match chosen {
            Some(id) => registry::communities::found_one(tx, id)?,
            None => None,
        };
        let (nearby, desks, plan) = match &community {
            Some(it) => {
                let id = it.id.into();
                let nearby = queries::nearby(tx, id, &building, &category)?;
                (nearby, queries::desks(tx, id)?, registry::plans::public(tx, id)?)
            }
            None => Default::default(),
        };
        let tree = if community.is_none() { places::tree(tx, at)? } else { Tree::default() };
        Ok((found, community, nearby, desks, plan, tree))
    });
    let (found, community, nearby, desks, plan, tree) = read.await?;
    let base = format!("/tickets/report?community={}&building=", form.community.trim());
    page(&ReportPage {
        chrome: chrome.with_errors(&errors),
        named: query.named,
        found,
        tree,
        unknown: asked_for && community.is_none(),
        community,
        nearby,
        desks,
        plan: plan.filter(|it| !it.spots.is_empty()),
        base,
        categories: labels::categories(),
        kinds: labels::kinds(),
        openness: labels::ways_open(),
        form,
        errors,
    })
}

async fn report(State(app): State<App>, sent: SentFiles<Intake>) -> PageResult {
    let (chrome, ctx, form) = (sent.asked.chrome("反映问题"), sent.ctx.clone(), sent.form.clone());
    if let Err(Problem::Invalid(errors)) = cases::check(&form) {
        return show_report(&app, chrome, ctx, Where::default(), form, errors).await;
    }
    // Out of the form's own key: whoever sends the same form again is led to the same code, and is not counted again.
    let code = super::code_of(&app, "resident", sent.ctx.key.as_deref())?;
    let (vault, known) = (app.vault.clone(), code.clone());
    let asking = kernel::Ctx { key: None, ..ctx.clone() };
    if app.store.read(asking, move |tx| actions::held(tx, &vault, &known)).await.is_ok() {
        return redirect(&format!("/tickets/track/{code}?fresh=yes"));
    }
    // Looked at before anything is counted, kept after: a photo that is none costs no try, and a refusal leaves no file.
    let photos = match photos::looked(&sent.files) {
        Ok(photos) => photos,
        Err(fault) => {
            let errors = vec![FieldError::new("photos", fault)];
            return show_report(&app, chrome, ctx, Where::default(), form, errors).await;
        }
    };
    let phone = identifiers::Phone::parse(form.phone.trim()).ok();
    let phone = phone.map(|it| app.vault.look_up(&format!("reporter {}", it.reveal())));
    let danger = super::is_dangerous(&form.category);
    let counts = own::counted(sent.asked.device.as_deref(), &sent.sender, phone.as_deref(), danger);
    for (bucket, most, hours, refusal) in counts {
        if !count(&app, &ctx, bucket, most, hours, "tickets.report").await? {
            // Said beside what was typed, so that it can be sent later.
            let errors = vec![FieldError::new("body", refusal.to_string())];
            return show_report(&app, chrome, ctx, Where::default(), form, errors).await;
        }
    }
    let (vault, calendar, kept) = (app.vault.clone(), app.calendar.clone(), code.clone());
    let filed = app.store.write(sent.ctx, move |tx| {
        let way = cases::actions::Way::Resident;
        let (id, recorded) = cases::actions::file(tx, &vault, &calendar, &sent.form, &kept, way)?;
        crate::mine::put(tx, &vault, id, &kept)?;
        Ok((id, recorded))
    });
    match filed.await {
        Ok(_) => {}
        Err(Problem::AlreadyDone { .. }) => return redirect(&format!("/tickets/track/{code}?fresh=yes")),
        Err(Problem::Invalid(errors)) => {
            return show_report(&app, chrome, ctx, Where::default(), form, errors).await;
        }
        Err(problem) => return Err(problem.into()),
    }
    for (name, media, bare) in photos {
        // The case is filed: a photo that could not be kept must not cost the reporter the code.
        if let Err(problem) = attached(&app, &ctx, &code, name, media, bare).await {
            tracing::warn!(%problem, "A report's photo was not kept");
        }
    }
    redirect(&format!("/tickets/track/{code}?fresh=yes"))
}

async fn attached(
    app: &App,
    ctx: &kernel::Ctx,
    code: &str,
    name: String,
    media: files::Media,
    bare: Vec<u8>,
) -> Result<(), Problem> {
    let kept = web::keep(app, media, bare).await?;
    let (vault, code, ctx) = (app.vault.clone(), code.to_owned(), kernel::Ctx { key: None, ..ctx.clone() });
    app.store.write(ctx, move |tx| actions::attach(tx, &vault, &code, &name, &kept)).await
}

pub(super) async fn count(
    app: &App,
    ctx: &kernel::Ctx,
    bucket: String,
    most: i64,
    hours: i64,
    permission: &'static str,
) -> Result<bool, Problem> {
    let ctx = kernel::Ctx { key: None, ..ctx.clone() };
    app.store.housekeep(ctx, move |tx| tx.try_again(&bucket, most, hours, permission)).await
}

/// One code may urge and add so often a day; more helps nobody.
async fn heard(app: &App, ctx: &kernel::Ctx, code: &str) -> Result<(), Problem> {
    let mark = app.vault.look_up(&own::typed_code(code).unwrap_or_default());
    let heard = count(app, ctx, format!("say {mark}"), own::MOST_SAYS, 24, "tickets.follow_up").await?;
    heard.then_some(()).ok_or_else(|| TicketRefusal::SaidEnough.into())
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Fresh {
    fresh: String,
}

async fn track(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(query): Query<Fresh>,
) -> PageResult {
    show_case(&app, visitor.chrome("查看进度"), visitor.ctx, code, query.fresh == "yes", Typed::default())
        .await
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

#[derive(Deserialize)]
struct Nothing {}

/// One browser, or one account, follows a case by one code, however often it asks.
async fn follow(State(app): State<App>, Path(id): Path<TicketId>, sent: Sent<Nothing>) -> PageResult {
    let bucket = format!("follow {}", sent.asked.device.as_deref().unwrap_or(&sent.sender));
    count(&app, &sent.ctx, bucket, own::MOST_FOLLOWS, 1, "tickets.report")
        .await?
        .then_some(())
        .ok_or(TicketRefusal::TooManyFollowed)?;
    let who = match (&sent.asked.session, &sent.asked.device) {
        (Some(session), _) => format!("person {}", i64::from(session.actor.user)),
        (None, Some(device)) => format!("browser {device}"),
        (None, None) => format!("form {}", sent.ctx.key.as_deref().unwrap_or_default()),
    };
    let code = super::code_of(&app, "follower", Some(&format!("{who} {id}")))?;
    let vault = app.vault.clone();
    let kept = code.clone();
    app.store.write(sent.ctx, move |tx| actions::follow(tx, &vault, id, &kept)).await?;
    redirect(&format!("/tickets/track/{code}?fresh=yes"))
}

impl ReportPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl TrackPage {
    /// Why a verb of the page was refused, beside its own fields.
    fn refused(&self, verb: &str) -> Option<&str> {
        (self.typed.verb == verb).then_some(self.typed.refused.as_str())
    }

    /// In two fives, as it is read aloud.
    fn spoken(&self) -> String {
        super::spoken(&self.code)
    }
}
