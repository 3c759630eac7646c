//! The pages of a preparation: the application, the group, its work.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use registry::communities::CommunityId;
use web::{Asked, Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use crate::objections::{Answering, ObjectionId};

use super::{
    actions,
    queries::{self, BlankView, FoundingView},
    types::{Applying, FoundingId, Going, Grouping, Side},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/communities/{id}/foundings/new", get(blank))
        .route("/communities/{id}/foundings", post(apply))
        .route("/foundings/{id}", get(show))
        .route("/foundings/{id}/group", post(group))
        .route("/foundings/{id}/confirm", post(confirm))
        .route("/foundings/{id}/objections/{objection}", post(answer))
        .route("/foundings/{id}/tasks", post(finish_task))
        .route("/foundings/{id}/complete", post(complete))
        .route("/foundings/{id}/end", post(end))
}

const TITLE: &str = "筹备";
/// Rows of the form for members.
const ROWS: usize = 11;

#[derive(Template)]
#[template(path = "founding_new.html")]
struct NewPage {
    chrome: Chrome,
    view: BlankView,
    form: Applying,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "founding.html")]
struct ShowPage {
    chrome: Chrome,
    view: FoundingView,
    grouping: Grouping,
    going: Going,
    errors: Vec<FieldError>,
}

async fn blank(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    show_blank(&app, caller.chrome(TITLE), caller.ctx, id, Applying::default(), vec![]).await
}

async fn show_blank(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: CommunityId,
    form: Applying,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(Ctx { key: None, ..ctx }, move |tx| queries::blank(tx, id)).await?;
    page(&NewPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn apply(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<Applying>) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::apply(tx, &vault, id, &posted.form)).await {
        Ok(founding) => redirect_saying(&format!("/assemblies/foundings/{founding}"), "申请已登记"),
        Err(Problem::Invalid(errors)) => {
            show_blank(&app, posted.asked.chrome(TITLE), ctx, id, form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Default)]
struct Typed {
    grouping: Grouping,
    going: Going,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<FoundingId>) -> PageResult {
    show_with(&app, caller.chrome(TITLE), caller.ctx, id, Typed::default()).await
}

async fn show_with(app: &App, chrome: Chrome, ctx: Ctx, id: FoundingId, typed: Typed) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::founding(tx, &vault, id)).await?;
    let Typed { grouping, going, errors } = typed;
    page(&ShowPage { chrome: chrome.with_errors(&errors), view, grouping, going, errors })
}

/// Back to the preparation with a word, or with what is wrong beside what was typed.
async fn ended(
    app: &App,
    asked: Asked,
    ctx: Ctx,
    id: FoundingId,
    done: Result<(), Problem>,
    (word, typed): (&str, Typed),
) -> PageResult {
    match done {
        Ok(()) => redirect_saying(&format!("/assemblies/foundings/{id}"), word),
        Err(Problem::Invalid(errors)) => {
            show_with(app, asked.chrome(TITLE), ctx, id, Typed { errors, ..typed }).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn group(State(app): State<App>, Path(id): Path<FoundingId>, posted: Posted<Grouping>) -> PageResult {
    let (ctx, grouping, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done =
        app.store.write(posted.ctx, move |tx| actions::put_together(tx, &vault, id, &posted.form)).await;
    let typed = Typed { grouping, ..Typed::default() };
    ended(&app, posted.asked, ctx, id, done, ("名单已公告", typed)).await
}

async fn confirm(State(app): State<App>, Path(id): Path<FoundingId>, posted: Posted<Going>) -> PageResult {
    let (ctx, vault) = (posted.ctx.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::confirm(tx, &vault, id)).await;
    ended(&app, posted.asked, ctx, id, done, ("已确认成立", Typed::default())).await
}

async fn answer(
    State(app): State<App>,
    Path((id, objection)): Path<(FoundingId, ObjectionId)>,
    posted: Posted<Answering>,
) -> PageResult {
    let (ctx, vault) = (posted.ctx.clone(), app.vault.clone());
    let work =
        app.store.write(posted.ctx, move |tx| actions::answer(tx, &vault, id, objection, &posted.form));
    let done = work.await;
    ended(&app, posted.asked, ctx, id, done, ("已答复", Typed::default())).await
}

async fn finish_task(
    State(app): State<App>,
    Path(id): Path<FoundingId>,
    posted: Posted<Going>,
) -> PageResult {
    let (ctx, going, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done =
        app.store.write(posted.ctx, move |tx| actions::finish_task(tx, &vault, id, &posted.form)).await;
    ended(&app, posted.asked, ctx, id, done, ("已登记", Typed { going, ..Typed::default() })).await
}

async fn complete(State(app): State<App>, Path(id): Path<FoundingId>, posted: Posted<Going>) -> PageResult {
    let (ctx, going, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::complete(tx, &vault, id, &posted.form)).await;
    let word = "筹备已完成，请登记新一届业委会";
    ended(&app, posted.asked, ctx, id, done, (word, Typed { going, ..Typed::default() })).await
}

async fn end(State(app): State<App>, Path(id): Path<FoundingId>, posted: Posted<Going>) -> PageResult {
    let (ctx, going, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::end(tx, &vault, id, &posted.form)).await;
    ended(&app, posted.asked, ctx, id, done, ("筹备已终止", Typed { going, ..Typed::default() })).await
}

impl NewPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn kinds() -> Vec<(String, String)> {
        let own = |code: &str, label: &str| (code.to_owned(), label.to_owned());
        vec![own("first", "首次业主大会"), own("reelection", "换届")]
    }
}

impl ShowPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    /// Every row of the form: name and side as typed.
    fn rows(&self) -> Vec<(String, String)> {
        let typed = |of: &[String], n: usize| of.get(n).cloned().unwrap_or_default();
        (0..ROWS).map(|n| (typed(&self.grouping.name, n), typed(&self.grouping.side, n))).collect()
    }

    fn sides() -> [(Side, &'static str, &'static str); 5] {
        Side::ALL
    }

    fn is_head(&self, n: &usize) -> bool {
        self.grouping.head == n.to_string()
    }
}
