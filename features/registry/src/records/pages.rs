//! The pages of records. Thin: read the form, call the verb, show the page.

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
use web::{
    Caller, Chrome, Cursor, Narrowed, PageResult, Posted, Table, Uploaded, Views, error_of, page,
    redirect_saying,
};

use super::{
    actions,
    columns::columns,
    kinds::{KINDS, Kind, kind},
    queries::{self, Filter, RecordDetail},
    rules::RecordRefusal,
    types::{RecordForm, RecordId, VoidForm},
};
use crate::communities::{self, CommunityId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list))
        .route("/export.xlsx", get(export))
        .route("/new/{community}", get(blank).post(create))
        .route("/{id}", get(show).post(edit))
        .route("/{id}/edit", get(filled))
        .route("/{id}/void", post(void))
        .route("/{id}/files", post(attach))
        .route("/{id}/files/{file}", get(file))
        .route("/{id}/files/{file}/take-away", post(take_away))
}

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "records.html")]
struct ListPage {
    chrome: Chrome,
    kind: &'static Kind,
    kinds: Options,
    table: Table,
    asked: Narrowed<ListQuery>,
    views: Views,
    next: Option<String>,
    can_import: bool,
}

#[derive(Template)]
#[template(path = "record_form.html")]
struct FormPage {
    chrome: Chrome,
    heading: &'static str,
    /// Where it belongs, in words, and the page that leads back there.
    place: String,
    back: String,
    /// Where the form goes.
    action: String,
    /// A new record may still choose its register.
    kinds: Options,
    kind: Option<&'static Kind>,
    form: RecordForm,
    errors: Vec<FieldError>,
    conflict: bool,
}

#[derive(Template)]
#[template(path = "record.html")]
struct ShowPage {
    chrome: Chrome,
    detail: RecordDetail,
    form: VoidForm,
    errors: Vec<FieldError>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    kind: String,
    named: String,
    from: String,
    to: String,
    class: String,
    status: String,
    sort: String,
    after: String,
}

impl ListQuery {
    fn filter(&self, kind: &'static Kind) -> Filter {
        let known = |code: &str, all: &[(&str, &str)]| all.iter().any(|it| it.0 == code);
        Filter {
            kind: kind.code,
            named: self.named.clone(),
            from: self.from.trim().parse().ok(),
            to: self.to.trim().parse().ok(),
            // Another register's class, left over in the URL, narrows nothing.
            class: Some(self.class.clone()).filter(|it| known(it, kind.classes)).unwrap_or_default(),
            status: Some(self.status.clone()).filter(|it| known(it, kind.statuses)).unwrap_or_default(),
            oldest_first: self.sort == "oldest",
            after: Cursor::parse(&self.after),
        }
    }
}

fn all_kinds() -> Options {
    KINDS.iter().map(|it| (it.code.to_owned(), it.title.to_owned())).collect()
}

const PAGE: &str = "/registry/records";

async fn list(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let chrome = caller.chrome("台账记录");
    let kind = kind(&asked.query.kind).or(KINDS.first()).ok_or(Problem::NotFound)?;
    let (filter, question) = (asked.query.filter(kind), asked.text.clone());
    let can_import = crate::imports::may_import(&caller.ctx.actor);
    let (found, views) = app
        .store
        .read(caller.ctx, move |tx| {
            Ok((queries::list(tx, &filter, queries::PAGE)?, accounts::views(tx, PAGE, &question)?))
        })
        .await?;
    let table = Table::of(&columns(kind), &asked.chosen, &found.rows, |it| format!("{PAGE}/{}", it.id));
    let next = found.next.map(|it| it.to_string());
    page(&ListPage { chrome, kind, kinds: all_kinds(), table, asked, views, next, can_import })
}

/// Every record the list shows, page after page.
async fn export(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let kind = kind(&asked.query.kind).ok_or(Problem::NotFound)?;
    let (columns, mut rows) = (columns(kind), vec![]);
    let mut filter = Filter { after: None, ..asked.query.filter(kind) };
    loop {
        // A new snapshot a page, so that an export never holds the store up.
        let (ctx, now) = (caller.ctx.clone(), filter.clone());
        let found = app.store.read(ctx, move |tx| queries::list(tx, &now, 500)).await?;
        rows.extend(found.rows.iter().map(|it| web::sheet_cells(&columns, &asked.chosen, it)));
        match found.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    let heads = web::sheet_columns(&columns, &asked.chosen);
    let sheet = documents::write_xlsx(kind.title, &heads, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, &format!("{}台账.xlsx", kind.title), sheet))
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
    let (back, action) = (format!("/registry/communities/{id}"), format!("/registry/records/new/{id}"));
    page(&FormPage {
        chrome,
        heading: "登记记录",
        place: community.name,
        back,
        action,
        kinds: all_kinds(),
        kind: kind(&form.kind),
        form,
        errors,
        conflict: false,
    })
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<RecordId>) -> PageResult {
    show_one(&app, caller.chrome("台账记录"), caller.ctx, id, VoidForm::default(), vec![]).await
}

async fn show_one(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: RecordId,
    form: VoidForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let detail = app.store.read(ctx, move |tx| queries::detail(tx, id)).await?;
    page(&ShowPage { chrome: chrome.with_errors(&errors), detail, form, errors })
}

async fn filled(State(app): State<App>, caller: Caller, Path(id): Path<RecordId>) -> PageResult {
    let (chrome, ctx) = (caller.chrome("修改记录"), caller.ctx.clone());
    let form = app.store.read(caller.ctx, move |tx| queries::form(tx, id)).await?;
    edit_page(&app, chrome, ctx, id, form, vec![], false).await
}

async fn edit_page(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: RecordId,
    mut form: RecordForm,
    errors: Vec<FieldError>,
    conflict: bool,
) -> PageResult {
    let (detail, now) =
        app.store.read(ctx, move |tx| Ok((queries::detail(tx, id)?, queries::form(tx, id)?))).await?;
    if conflict {
        // Saving again after reading what the other editor wrote is a decision, not an accident.
        form.version = now.version;
    }
    let path = format!("/registry/records/{id}");
    page(&FormPage {
        chrome: chrome.with_errors(&errors),
        heading: "修改记录",
        place: detail.view.community.unwrap_or(detail.view.title),
        back: path.clone(),
        action: path,
        kinds: vec![],
        kind: Some(detail.kind),
        form,
        errors,
        conflict,
    })
}

async fn edit(State(app): State<App>, Path(id): Path<RecordId>, posted: Posted<RecordForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("修改记录"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::edit(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/registry/records/{id}"), "修改已保存"),
        Err(Problem::Invalid(errors)) => edit_page(&app, chrome, ctx, id, form, errors, false).await,
        Err(Problem::Conflict) => edit_page(&app, chrome, ctx, id, form, vec![], true).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn void(State(app): State<App>, Path(id): Path<RecordId>, posted: Posted<VoidForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("台账记录"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::void(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/registry/records/{id}"), "已作废，不再计入"),
        Err(Problem::Invalid(errors)) => show_one(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn attach(State(app): State<App>, Path(id): Path<RecordId>, sent: Uploaded) -> PageResult {
    web::refused_back(attached(app, id, sent).await, &format!("/registry/records/{id}"))
}

async fn attached(app: App, id: RecordId, sent: Uploaded) -> PageResult {
    // Whether they may is asked before the bytes are kept: a refusal leaves no file.
    app.store.read(sent.ctx.clone(), move |tx| actions::may_attach(tx, id)).await?;
    let (media, bytes) = files::look(&sent.file).map_err(|it| RecordRefusal::WrongFile(it.to_string()))?;
    let kept = web::keep(&app, media, bytes).await?;
    let name = sent.file_name.clone();
    app.store.write(sent.ctx, move |tx| actions::attach(tx, id, &name, &kept)).await?;
    redirect_saying(&format!("/registry/records/{id}"), "佐证已上传，照片中的位置等信息已去除")
}

async fn file(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(RecordId, AttachmentId)>,
) -> PageResult {
    let found = app.store.read(caller.ctx, move |tx| queries::file(tx, id, file)).await?;
    web::kept(&app, &found)
}

#[derive(Deserialize)]
struct Nothing {}

async fn take_away(
    State(app): State<App>,
    Path((id, file)): Path<(RecordId, AttachmentId)>,
    posted: Posted<Nothing>,
) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::take_away(tx, id, file)).await?;
    redirect_saying(&format!("/registry/records/{id}"), "佐证已移除")
}

impl ShowPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl FormPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn options(choices: &'static [(&'static str, &'static str)]) -> Options {
        choices.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect()
    }
}
