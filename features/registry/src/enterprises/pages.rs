//! The pages of enterprises. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{
    Caller, Chrome, Column, Narrowed, PageResult, Posted, Table, Views, error_of, page, redirect_saying,
};

use super::{
    actions, policy,
    queries::{self, EnterprisePage},
    store as drawers,
    types::{Enterprise, EnterpriseForm, EnterpriseId, EnterpriseView, Filter},
};
use crate::{divisions, imports};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list).post(create))
        .route("/export.xlsx", get(export))
        .route("/{id}", get(show).post(edit))
        .route("/{id}/edit", get(filled))
}

const PAGE: &str = "/registry/enterprises";
const SHOWN: i64 = 100;
const MOST_ROWS: i64 = 20_000;

const COLUMNS: &[Column<EnterpriseView>] = &[
    Column {
        code: "name", title: "企业全称", is_number: false, is_usual: true, says: |it| it.name.clone()
    },
    Column {
        code: "uscc",
        title: "统一社会信用代码",
        is_number: false,
        is_usual: true,
        says: |it| it.uscc.clone(),
    },
    Column {
        code: "communities",
        title: "在管小区",
        is_number: true,
        is_usual: true,
        says: |it| it.communities.to_string(),
    },
    Column {
        code: "households",
        title: "在管户数",
        is_number: true,
        is_usual: true,
        says: |it| it.households.to_string(),
    },
];

#[derive(Template)]
#[template(path = "enterprises.html")]
struct ListPage {
    chrome: Chrome,
    table: Table,
    asked: Narrowed<ListQuery>,
    views: Views,
    next: Option<String>,
    form: EnterpriseForm,
    errors: Vec<FieldError>,
    can_create: bool,
    can_import: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    named: String,
    sort: String,
    after: String,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        Filter {
            named: self.named.clone(),
            by_households: self.sort == "households",
            after: self.after.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "enterprise.html")]
struct ShowPage {
    chrome: Chrome,
    view: EnterprisePage,
}

#[derive(Template)]
#[template(path = "enterprise_form.html")]
struct FormPage {
    chrome: Chrome,
    id: EnterpriseId,
    form: EnterpriseForm,
    errors: Vec<FieldError>,
    /// What somebody else saved meanwhile.
    conflict: Option<Enterprise>,
}

async fn list(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let chrome = caller.chrome("物业服务企业");
    show_list(&app, chrome, caller.ctx, asked, EnterpriseForm::default(), vec![]).await
}

async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    asked: Narrowed<ListQuery>,
    form: EnterpriseForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let (can_create, can_import) = (policy::may_create(&ctx.actor).is_ok(), imports::may_import(&ctx.actor));
    let (filter, question) = (asked.query.filter(), asked.text.clone());
    let (found, views) = app
        .store
        .read(ctx, move |tx| Ok((seen(tx, &filter, SHOWN)?, accounts::views(tx, PAGE, &question)?)))
        .await?;
    let is_full = found.len() as i64 == SHOWN && !asked.query.filter().by_households;
    let next = found.last().filter(|_| is_full).map(|it| it.name.clone());
    let table = Table::of(COLUMNS, &asked.chosen, &found, |it| format!("{PAGE}/{}", it.id));
    let chrome = chrome.with_errors(&errors);
    page(&ListPage { chrome, table, asked, views, next, form, errors, can_create, can_import })
}

/// The enterprises of the hat's own city.
fn seen(tx: &mut ::store::Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<EnterpriseView>, Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let scope = tx.ctx.actor.hat.scope;
    let city = divisions::city_of(tx, &scope)?;
    Ok(drawers::list(tx, city, filter, limit)?)
}

async fn export(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let filter = Filter { after: String::new(), ..asked.query.filter() };
    let found = app.store.read(caller.ctx, move |tx| seen(tx, &filter, MOST_ROWS)).await?;
    let rows: Vec<_> = found.iter().map(|it| web::sheet_cells(COLUMNS, &asked.chosen, it)).collect();
    let heads = web::sheet_columns(COLUMNS, &asked.chosen);
    let sheet =
        documents::write_xlsx("物业服务企业", &heads, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "物业服务企业.xlsx", sheet))
}

async fn create(State(app): State<App>, posted: Posted<EnterpriseForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("物业服务企业"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::create(tx, &posted.form)).await {
        Ok(id) => redirect_saying(&format!("/registry/enterprises/{id}"), "企业已登记"),
        Err(Problem::Invalid(errors)) => {
            show_list(&app, chrome, ctx, Narrowed::default(), form, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<EnterpriseId>) -> PageResult {
    let asked = caller.asked;
    let view = app.store.read(caller.ctx, move |tx| queries::enterprise(tx, id)).await?;
    page(&ShowPage { chrome: asked.chrome(&view.enterprise.name), view })
}

const EDIT: &str = "修改企业";

async fn filled(State(app): State<App>, caller: Caller, Path(id): Path<EnterpriseId>) -> PageResult {
    let chrome = caller.chrome(EDIT);
    let form = app.store.read(caller.ctx, move |tx| queries::form(tx, id)).await?;
    page(&FormPage { chrome, id, form, errors: vec![], conflict: None })
}

async fn edit(
    State(app): State<App>,
    Path(id): Path<EnterpriseId>,
    posted: Posted<EnterpriseForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome(EDIT), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::edit(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("{PAGE}/{id}"), "修改已保存"),
        Err(Problem::Invalid(errors)) => {
            page(&FormPage { chrome: chrome.with_errors(&errors), id, form, errors, conflict: None })
        }
        Err(Problem::Conflict) => {
            // What was typed stays; saved again it counts.
            let now = app.store.read(ctx, move |tx| queries::seen(tx, id)).await?;
            let form = EnterpriseForm { version: now.version.to_string(), ..form };
            page(&FormPage { chrome, id, form, errors: vec![], conflict: Some(now) })
        }
        Err(problem) => Err(problem.into()),
    }
}

impl FormPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
