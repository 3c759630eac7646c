//! The pages. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use documents::{Cell, Column};
use kernel::{Ctx, FieldError, Problem, Scope};
use serde::Deserialize;
use web::{Caller, Chrome, Cursor, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions, labels, policy,
    queries::{self, CommunityList, CommunityView, Filter},
    types::{CommunityForm, CommunityId, Kind, ServiceMode},
};
use crate::{divisions, history, records};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list).post(create))
        .route("/new", get(blank))
        .route("/export.xlsx", get(export))
        .route("/{id}", get(show).post(edit))
        .route("/{id}/edit", get(filled))
}

/// The list's filter, as it stands in the URL; an unknown value narrows nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListQuery {
    county: String,
    kind: String,
    mode: String,
    named: String,
    sort: String,
    after: String,
}

impl ListQuery {
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            county: kernel::parse_id(&self.county),
            subdistrict: None,
            kind: Kind::from_code(&self.kind),
            service_mode: ServiceMode::from_code(&self.mode),
            named: self.named.trim().to_owned(),
            by_households: self.sort == "households",
            after: Cursor::parse(&self.after),
        }
    }

    /// The same list from its beginning, or in another order.
    fn with(&self, sort: &str, after: &str) -> String {
        let pairs = [
            ("county", &*self.county),
            ("kind", &*self.kind),
            ("mode", &*self.mode),
            ("named", self.named.trim()),
            ("sort", sort),
            ("after", after),
        ];
        serde_html_form::to_string(pairs.into_iter().filter(|it| !it.1.is_empty()).collect::<Vec<_>>())
            .unwrap_or_default()
    }
}

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "communities.html")]
struct ListPage {
    chrome: Chrome,
    list: CommunityList,
    query: ListQuery,
    counties: Options,
    kinds: Options,
    modes: Options,
    can_create: bool,
    can_import: bool,
}

#[derive(Template)]
#[template(path = "community.html")]
struct ShowPage {
    chrome: Chrome,
    community: CommunityView,
    records: Vec<records::RecordView>,
    history: Vec<history::Line>,
    can_record: bool,
}

#[derive(Template)]
#[template(path = "community_form.html")]
struct FormPage {
    chrome: Chrome,
    heading: &'static str,
    action: String,
    form: CommunityForm,
    errors: Vec<FieldError>,
    conflict: Option<CommunityView>,
    neighborhoods: Options,
    kinds: Options,
    modes: Options,
}

fn kinds() -> Options {
    Kind::ALL.into_iter().map(|it| (it.code().to_owned(), labels::kind(it).to_owned())).collect()
}

fn modes() -> Options {
    ServiceMode::ALL
        .into_iter()
        .map(|it| (it.code().to_owned(), labels::service_mode(it).to_owned()))
        .collect()
}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<ListQuery>) -> PageResult {
    let (chrome, actor, filter) = (caller.chrome("小区"), caller.ctx.actor.clone(), query.filter());
    let scope = actor.hat.scope;
    let (list, counties) = app
        .store
        .read(caller.ctx, move |tx| {
            let counties = match scope {
                Scope::City(city) => divisions::county_names(tx, city)?,
                _ => std::collections::BTreeMap::new(),
            };
            Ok((queries::list(tx, &filter, queries::PAGE)?, counties))
        })
        .await?;
    let counties = counties.into_iter().map(|(tenant, it)| (tenant.to_string(), it.name)).collect();
    let (can_create, can_import) = (policy::keeps(&actor), policy::may_import(&actor).is_ok());
    page(&ListPage { chrome, list, query, counties, kinds: kinds(), modes: modes(), can_create, can_import })
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    let asked = caller.asked;
    let (community, records, history, can_record) = app
        .store
        .read(caller.ctx, move |tx| {
            let community = queries::community(tx, id)?;
            let records = records::of_community(tx, id)?;
            let can_record = records::may_record_here(tx, id)?;
            Ok((community, records, queries::history_of(tx, id)?, can_record))
        })
        .await?;
    page(&ShowPage { chrome: asked.chrome(&community.name), community, records, history, can_record })
}

async fn blank(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("新建小区");
    form_page(&app, chrome, caller.ctx, "新建小区", None, CommunityForm::default(), vec![], false).await
}

async fn create(State(app): State<App>, posted: Posted<CommunityForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("新建小区"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::create(tx, &posted.form)).await {
        Ok(id) => redirect_saying(&format!("/registry/communities/{id}"), "小区已建立"),
        Err(Problem::Invalid(errors)) => {
            form_page(&app, chrome, ctx, "新建小区", None, form, errors, false).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn filled(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    let (chrome, ctx) = (caller.chrome("修改小区"), caller.ctx.clone());
    let form = app.store.read(caller.ctx, move |tx| queries::form(tx, id)).await?;
    form_page(&app, chrome, ctx, "修改小区", Some(id), form, vec![], false).await
}

async fn edit(
    State(app): State<App>,
    Path(id): Path<CommunityId>,
    posted: Posted<CommunityForm>,
) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("修改小区"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::edit(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/registry/communities/{id}"), "修改已保存"),
        Err(Problem::Invalid(errors)) => {
            form_page(&app, chrome, ctx, "修改小区", Some(id), form, errors, false).await
        }
        Err(Problem::Conflict) => {
            form_page(&app, chrome, ctx, "修改小区", Some(id), form, vec![], true).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one page for a new form, a filled one, a wrong one and a late one"
)]
async fn form_page(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    heading: &'static str,
    id: Option<CommunityId>,
    form: CommunityForm,
    errors: Vec<FieldError>,
    late: bool,
) -> PageResult {
    let (neighborhoods, now) = app
        .store
        .read(ctx, move |tx| {
            let now = id.filter(|_| late).map(|it| queries::community(tx, it)).transpose()?;
            Ok((choosable(tx)?, now))
        })
        .await?;
    let mut form = form;
    if let Some(now) = &now {
        // Saving again after reading what the other editor wrote is a decision, not an accident.
        form.version = now.version.to_string();
    }
    let action =
        id.map_or_else(|| "/registry/communities".to_owned(), |it| format!("/registry/communities/{it}"));
    let chrome = chrome.with_errors(&errors);
    page(&FormPage {
        chrome,
        heading,
        action,
        form,
        errors,
        conflict: now,
        neighborhoods,
        kinds: kinds(),
        modes: modes(),
    })
}

/// The neighborhoods this hat may put a community in.
fn choosable(tx: &mut ::store::Tx<'_>) -> Result<Options, Problem> {
    let scope = tx.ctx.actor.hat.scope;
    let tenant = match scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let city = divisions::city_of(tx, &scope)?;
    let all = divisions::neighborhoods(tx, city, tenant)?;
    let mut here = vec![];
    for (id, name) in all {
        if scope.covers(&divisions::place_of(tx, id)?) {
            here.push((id.to_string(), name));
        }
    }
    Ok(here)
}

async fn export(State(app): State<App>, caller: Caller, Query(query): Query<ListQuery>) -> PageResult {
    let (mut filter, mut rows) = (query.filter(), vec![]);
    loop {
        // A new snapshot a page, so that an export never holds the store up.
        let (ctx, asked) = (caller.ctx.clone(), filter.clone());
        let list = app.store.read(ctx, move |tx| queries::list(tx, &asked, 1_000)).await?;
        rows.extend(list.communities.iter().map(sheet_row));
        match list.next.as_deref().and_then(Cursor::parse) {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    let sheet =
        documents::write_xlsx("小区", &sheet_columns(), &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "小区台账.xlsx", sheet))
}

fn sheet_columns() -> Vec<Column> {
    let text =
        ["编号", "小区名称", "县区", "街道（乡镇）", "社区", "类别", "地址"].map(|it| Column::text(it, 16));
    let numbers =
        ["建成年份", "建筑总面积（m²）", "楼栋数", "单元数", "户数"].map(|it| Column::number(it, 10));
    let rest = ["物业服务方式", "物业服务企业"].map(|it| Column::text(it, 18));
    text.into_iter().chain(numbers).chain(rest).collect()
}

fn sheet_row(it: &CommunityView) -> Vec<Cell> {
    let text = |it: &str| Cell::Text(it.to_owned());
    let number = |it: Option<i64>| it.map_or(Cell::Empty, |it| Cell::Number(it as f64));
    let area = it.floor_area.as_ref().and_then(|it| it.parse().ok()).map_or(Cell::Empty, Cell::Number);
    let texts = [&it.number, &it.name, &it.county, &it.subdistrict, &it.neighborhood].map(|it| text(it));
    let rest = [
        text(it.kind_label),
        text(&it.address),
        number(it.built_year),
        area,
        number(it.buildings),
        number(it.entrances),
    ];
    let last = [
        number(Some(it.households)),
        text(it.service_mode_label),
        text(it.enterprise.as_deref().unwrap_or("")),
    ];
    texts.into_iter().chain(rest).chain(last).collect()
}

impl FormPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
