//! The page of a call, and the doors beside it. The page works without an account and without JavaScript.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use registry::communities::CommunityId;
use web::{Chrome, PageResult, Posted, Visitor, error_of, page, redirect_saying, redirect_warning};

use super::{
    actions,
    queries::{self, CallView},
    types::{AnsweringOffer, CallId, Calling, OfferId, Offering},
};
use crate::{
    committees::types::Origin,
    vettings::pages::{Typed, show_list},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/communities/{id}/calls", post(open))
        .route("/calls/{id}", get(show))
        .route("/calls/{id}/offers", post(offer))
        .route("/calls/{id}/announce", post(announce))
        .route("/offers/{id}/answer", post(answer))
}

const TITLE: &str = "业委会候选人征集";

#[derive(Template)]
#[template(path = "call.html")]
struct CallPage {
    chrome: Chrome,
    view: CallView,
    form: Offering,
    origins: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

fn list_of(community: CommunityId) -> String {
    format!("/assemblies/communities/{community}/candidates")
}

async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<CallId>) -> PageResult {
    let chrome = visitor.chrome(TITLE);
    show_with(&app, chrome, visitor.ctx, id, Offering::default(), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CallId,
    form: Offering,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(Ctx { key: None, ..ctx }, move |tx| queries::call(tx, &vault, id)).await?;
    let origins = Origin::ALL.iter().map(|it| (it.1.to_owned(), it.2.to_owned())).collect();
    page(&CallPage { chrome: chrome.with_errors(&errors), view, form, origins, errors })
}

async fn open(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<Calling>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::open(tx, &vault, id, &posted.form)).await {
        Ok(_) => redirect_saying(&list_of(id), "征集已发布，业主在公示页可以自荐"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { calling: form, errors, ..Typed::default() };
            show_list(&app, posted.asked.chrome("人选联审"), ctx, id, typed).await
        }
        Err(problem) => web::refused_back(Err(problem.into()), &list_of(id)),
    }
}

async fn offer(State(app): State<App>, Path(id): Path<CallId>, posted: Posted<Offering>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::offer(tx, &vault, id, &posted.form)).await {
        Ok(_) => redirect_saying(&format!("/assemblies/calls/{id}"), "自荐已提交，社区答复后会告诉您"),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, form, errors).await
        }
        Err(problem) => web::refused_back(Err(problem.into()), &format!("/assemblies/calls/{id}")),
    }
}

async fn answer(
    State(app): State<App>,
    Path(id): Path<OfferId>,
    posted: Posted<AnsweringOffer>,
) -> PageResult {
    let (vault, calendar) = (app.vault.clone(), app.calendar.clone());
    let back = kernel::parse_id(&posted.form.community).map(|it| list_of(it.into()));
    let work = move |tx: &mut ::store::Tx<'_>| actions::answer(tx, &vault, &calendar, id, &posted.form);
    match (app.store.write(posted.ctx, work).await, back) {
        (Ok(community), _) => redirect_saying(&list_of(community), "已答复，自荐的业主会收到消息"),
        (Err(Problem::Invalid(errors)), Some(back)) => {
            redirect_warning(&back, errors.first().map_or("", |it| it.message.as_str()))
        }
        (Err(problem), Some(back)) => web::refused_back(Err(problem.into()), &back),
        (Err(problem), None) => Err(problem.into()),
    }
}

/// The page the button stands on.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct From {
    community: String,
}

async fn announce(State(app): State<App>, Path(id): Path<CallId>, posted: Posted<From>) -> PageResult {
    let vault = app.vault.clone();
    let back = kernel::parse_id(&posted.form.community).map(|it| list_of(it.into()));
    match app.store.write(posted.ctx, move |tx| actions::announce(tx, &vault, id)).await {
        Ok(community) => redirect_saying(&list_of(community), "候选人已公告，业主在公示页看到"),
        Err(problem) => {
            let back = back.unwrap_or_else(|| format!("/assemblies/calls/{id}"));
            web::refused_back(Err(problem.into()), &back)
        }
    }
}

impl CallPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn is_checked(&self, n: &usize) -> bool {
        self.form.condition.contains(&n.to_string())
    }
}
