//! The pages of records. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, Cursor, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    kinds::{KINDS, Kind, kind},
    queries::{self, RecordView},
    types::RecordForm,
};
use crate::communities::{self, CommunityId, CommunityView};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(list)).route("/new/{community}", get(blank).post(create))
}

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "records.html")]
struct ListPage {
    chrome: Chrome,
    kind: &'static Kind,
    kinds: Options,
    records: Vec<RecordView>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "record_form.html")]
struct FormPage {
    chrome: Chrome,
    community: CommunityView,
    kinds: Options,
    kind: Option<&'static Kind>,
    form: RecordForm,
    errors: Vec<FieldError>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    kind: String,
    after: String,
}

fn all_kinds() -> Options {
    KINDS.iter().map(|it| (it.code.to_owned(), it.title.to_owned())).collect()
}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<ListQuery>) -> PageResult {
    let chrome = caller.chrome("台账记录");
    let kind = kind(&query.kind).or(KINDS.first()).ok_or(Problem::NotFound)?;
    let after = Cursor::parse(&query.after);
    let found = app.store.read(caller.ctx, move |tx| queries::list(tx, kind.code, after.clone())).await?;
    page(&ListPage {
        chrome,
        kind,
        kinds: all_kinds(),
        records: found.rows,
        next: found.next.map(|it| it.to_string()),
    })
}

async fn blank(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CommunityId>,
    Query(query): Query<ListQuery>,
) -> PageResult {
    let chrome = caller.chrome("登记记录");
    form_page(&app, chrome, caller.ctx, id, RecordForm { kind: query.kind, ..RecordForm::default() }, vec![])
        .await
}

async fn create(
    State(app): State<App>,
    Path(id): Path<CommunityId>,
    posted: Posted<RecordForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("登记记录"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::create(tx, id, &posted.form)).await {
        Ok(_) => redirect_saying(&format!("/registry/communities/{id}"), "记录已登记"),
        Err(Problem::Invalid(errors)) => form_page(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn form_page(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CommunityId,
    form: RecordForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let community = app.store.read(ctx, move |tx| communities::view(tx, id)).await?;
    let chrome = chrome.with_errors(&errors);
    page(&FormPage { chrome, community, kinds: all_kinds(), kind: kind(&form.kind), form, errors })
}

impl FormPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn options(choices: &'static [(&'static str, &'static str)]) -> Options {
        choices.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect()
    }
}
