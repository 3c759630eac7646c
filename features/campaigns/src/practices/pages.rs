//! The pages of articles and publicity. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, Visitor, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, PracticeView, PracticesView},
    types::{Channel, PracticeForm, PracticeId, PublicationForm, PublicationId, ReasonForm, Stage},
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/practices", get(list).post(submit))
        .route("/{id}/publications", post(tell))
        .route("/practices", get(newest))
        .route("/practices/of/{community}", get(of_community))
        .route("/practices/{id}", get(show))
        .route("/practices/{id}/desk", get(desk).post(rewrite))
        .route("/practices/{id}/publish", post(publish))
        .route("/practices/{id}/send-back", post(send_back))
        .route("/publications/{id}/void", post(void))
}

#[derive(Template)]
#[template(path = "practices.html")]
struct ListPage {
    chrome: Chrome,
    view: PracticesView,
    form: PracticeForm,
    publication: PublicationForm,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "practice.html")]
struct ShowPage {
    chrome: Chrome,
    view: PracticeView,
}

#[derive(Template)]
#[template(path = "practice_desk.html")]
struct DeskPage {
    chrome: Chrome,
    view: PracticeView,
    form: PracticeForm,
    reason: String,
    can_write: bool,
    owner: bool,
    errors: Vec<FieldError>,
    conflict: bool,
}

#[derive(Template)]
#[template(path = "practices_of.html")]
struct OfPage {
    chrome: Chrome,
    name: String,
    practices: Vec<(PracticeId, String)>,
}

/// What was typed into either form of the list.
#[derive(Default)]
struct Typed {
    form: PracticeForm,
    publication: PublicationForm,
}

async fn list(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show_list(&app, caller.chrome("典型经验与宣传"), caller.ctx, id, Typed::default(), vec![]).await
}

async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CampaignId,
    typed: Typed,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::practices(tx, &vault, id)).await?;
    let Typed { form, publication } = typed;
    page(&ListPage { chrome: chrome.with_errors(&errors), view, form, publication, errors })
}

async fn submit(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: Posted<PracticeForm>,
) -> PageResult {
    let (chrome, ctx, form) =
        (posted.asked.chrome("典型经验与宣传"), posted.ctx.clone(), posted.form.clone());
    let vault = app.vault.clone();
    match app.store.write(posted.ctx, move |tx| actions::submit(tx, &vault, id, &posted.form)).await {
        Ok(_) => redirect_saying(&format!("/campaigns/{id}/practices"), "经验已报送，主办单位审核后发布"),
        Err(Problem::Invalid(errors)) => {
            show_list(&app, chrome, ctx, id, Typed { form, ..Typed::default() }, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn tell(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: Posted<PublicationForm>,
) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("典型经验与宣传"), posted.ctx.clone());
    let publication = posted.form.clone();
    match app.store.write(posted.ctx, move |tx| actions::tell(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/{id}/practices"), "宣传记录已登记"),
        Err(Problem::Invalid(errors)) => {
            show_list(&app, chrome, ctx, id, Typed { publication, ..Typed::default() }, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<PracticeId>) -> PageResult {
    let asked = visitor.asked;
    let view = app.store.read(visitor.ctx, move |tx| queries::published(tx, id)).await?;
    page(&ShowPage { chrome: asked.chrome(&view.practice.title), view })
}

#[derive(Template)]
#[template(path = "practices_newest.html")]
struct NewestPage {
    chrome: Chrome,
    practices: Vec<(PracticeId, String, String)>,
}

/// 典型经验, for everybody.
async fn newest(State(app): State<App>, visitor: Visitor) -> PageResult {
    let chrome = visitor.chrome("典型经验");
    let practices = app.store.read(visitor.ctx, queries::newest).await?;
    page(&NewestPage { chrome, practices })
}

async fn of_community(State(app): State<App>, visitor: Visitor, Path(id): Path<i64>) -> PageResult {
    let chrome = visitor.chrome("典型经验");
    let (name, practices) = app
        .store
        .read(visitor.ctx, move |tx| {
            let found = registry::communities::found_one(tx, id)?.ok_or(Problem::NotFound)?;
            Ok((found.name, queries::of_community(tx, id)?))
        })
        .await?;
    page(&OfPage { chrome, name, practices })
}

async fn desk(State(app): State<App>, caller: Caller, Path(id): Path<PracticeId>) -> PageResult {
    show_desk(&app, caller.chrome("典型经验"), caller.ctx, id, None, String::new(), vec![], false).await
}

#[expect(
    clippy::too_many_arguments,
    reason = "one desk for an article that is read, wrong, late or sent back"
)]
async fn show_desk(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: PracticeId,
    typed: Option<PracticeForm>,
    reason: String,
    errors: Vec<FieldError>,
    conflict: bool,
) -> PageResult {
    let (view, stands, can_write, owner) = app.store.read(ctx, move |tx| queries::desk(tx, id)).await?;
    let form = match typed {
        // Saving again after reading what stands is a decision, not an accident.
        Some(typed) if conflict => PracticeForm { version: stands.version, ..typed },
        Some(typed) => typed,
        None => stands,
    };
    let chrome = chrome.with_errors(&errors);
    page(&DeskPage { chrome, view, form, reason, can_write, owner, errors, conflict })
}

async fn rewrite(
    State(app): State<App>,
    Path(id): Path<PracticeId>,
    posted: Posted<PracticeForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("典型经验"), posted.ctx.clone(), posted.form.clone());
    let vault = app.vault.clone();
    match app.store.write(posted.ctx, move |tx| actions::rewrite(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/practices/{id}/desk"), "已重新报送"),
        Err(Problem::Invalid(errors)) => {
            show_desk(&app, chrome, ctx, id, Some(form), String::new(), errors, false).await
        }
        Err(Problem::Conflict) => {
            show_desk(&app, chrome, ctx, id, Some(form), String::new(), vec![], true).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn publish(State(app): State<App>, Path(id): Path<PracticeId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::publish(tx, id)).await?;
    redirect_saying(&format!("/campaigns/practices/{id}"), "已发布，任何人都能看到")
}

async fn send_back(
    State(app): State<App>,
    Path(id): Path<PracticeId>,
    posted: Posted<ReasonForm>,
) -> PageResult {
    let (chrome, ctx, reason) =
        (posted.asked.chrome("典型经验"), posted.ctx.clone(), posted.form.reason.clone());
    match app.store.write(posted.ctx, move |tx| actions::send_back(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/practices/{id}/desk"), "已退回，作者能看到理由"),
        Err(Problem::Invalid(errors)) => show_desk(&app, chrome, ctx, id, None, reason, errors, false).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn void(
    State(app): State<App>,
    Path(id): Path<PublicationId>,
    posted: Posted<ReasonForm>,
) -> PageResult {
    let campaign = app.store.write(posted.ctx, move |tx| actions::void(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/campaigns/{campaign}/practices"), "宣传记录已作废")
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn channels() -> Vec<(String, String)> {
        Channel::ALL.into_iter().map(|it| (it.code().to_owned(), it.label().to_owned())).collect()
    }
}

impl DeskPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn is_published(&self) -> bool {
        matches!(self.view.practice.stage, Stage::Published { .. })
    }

    fn is_submitted(&self) -> bool {
        self.view.practice.stage == Stage::Submitted
    }
}
