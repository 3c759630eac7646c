//! The pages of reporting and following. Work without an account and without JavaScript.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Chrome, PageResult, Sent, SentFiles, Visitor, error_of, page, redirect, redirect_saying};

use super::{
    actions, places,
    places::Tree,
    queries::{self, Desks, NearbyView},
    rules as own,
};
use crate::cases::{
    self,
    forms::Intake,
    labels::{self, Options},
    photos,
    refusals::TicketRefusal,
    types::TicketId,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/report", get(report_page).post(report))
        .route("/report/place", post(place))
        .route("/follow/{id}", post(follow))
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
    /// A mark of the plan was touched by a browser without scripts: what was typed is there, chosen photos are not.
    placed: bool,
    categories: Options,
    kinds: Options,
    openness: Options,
    form: Intake,
    errors: Vec<FieldError>,
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
    /// Set by the verb, never read from an address.
    #[serde(skip)]
    placed: bool,
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
        placed: query.placed,
        categories: labels::categories(),
        kinds: labels::kinds(),
        openness: labels::ways_open(),
        form,
        errors,
    })
}

/// What a form says that is sent by a touch of the plan.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Placed {
    place: String,
    #[serde(flatten)]
    form: Intake,
}

/// The form as it was filled, with the place that was touched: nothing is filed.
async fn place(State(app): State<App>, sent: SentFiles<Placed>) -> PageResult {
    let chrome = sent.asked.chrome("反映问题");
    let form = Intake { building: sent.form.place, ..sent.form.form };
    let query = Where { placed: true, ..Where::default() };
    show_report(&app, chrome, kernel::Ctx { key: None, ..sent.ctx }, query, form, vec![]).await
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
        let way = cases::filing::Way::Resident;
        let (id, recorded) = cases::filing::file(tx, &vault, &calendar, &sent.form, &kept, way)?;
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
    match app.store.write(sent.ctx, move |tx| actions::follow(tx, &vault, id, &kept)).await {
        Err(Problem::AlreadyDone { url }) => {
            return redirect_saying(&url, "您已经关注了这件诉求，进度在本页");
        }
        other => other?,
    }
    redirect(&format!("/tickets/track/{code}?fresh=yes"))
}

impl ReportPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
