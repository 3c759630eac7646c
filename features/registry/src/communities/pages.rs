//! The pages. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use kernel::{Ctx, FieldError, Problem, Scope};
use serde::Deserialize;
use web::{
    Caller, Chrome, Cursor, Narrowed, PageResult, Posted, Table, Views, error_of, page, redirect_saying,
};

use super::{
    actions,
    columns::COLUMNS,
    labels, policy,
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
}

type Options = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "communities.html")]
struct ListPage {
    chrome: Chrome,
    list: CommunityList,
    table: Table,
    asked: Narrowed<ListQuery>,
    views: Views,
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
    /// What bears on it; none for whoever does not read the registers.
    records: Option<Vec<records::RecordView>>,
    /// Where it stands in the city: name and place.
    standings: Vec<(&'static str, String)>,
    history: Vec<history::Line>,
    can_record: bool,
    can_move: bool,
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

const PAGE: &str = "/registry/communities";

async fn list(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let (chrome, actor, filter) = (caller.chrome("小区"), caller.ctx.actor.clone(), asked.query.filter());
    let (scope, question) = (actor.hat.scope, asked.text.clone());
    let (list, counties, views) = app
        .store
        .read(caller.ctx, move |tx| {
            let counties = match scope {
                Scope::City(city) => divisions::county_names(tx, city)?,
                _ => std::collections::BTreeMap::new(),
            };
            let list = queries::list(tx, &filter, queries::PAGE)?;
            Ok((list, counties, accounts::views(tx, PAGE, &question)?))
        })
        .await?;
    let counties = counties.into_iter().map(|(tenant, it)| (tenant.to_string(), it.name)).collect();
    let (can_create, can_import) = (policy::keeps(&actor), policy::may_import(&actor).is_ok());
    let table = Table::of(COLUMNS, &asked.chosen, &list.communities, |it| format!("{PAGE}/{}", it.id));
    let (kinds, modes) = (kinds(), modes());
    page(&ListPage { chrome, list, table, asked, views, counties, kinds, modes, can_create, can_import })
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    let asked = caller.asked;
    let (community, records, standings, history, can_record, can_move) = app
        .store
        .read(caller.ctx, move |tx| {
            let community = queries::community(tx, id)?;
            let it = super::load(tx, id)?;
            let can_move = policy::may_move(&tx.ctx.actor, &it.place).is_ok();
            // A grid worker or an observer sees the community, and not what is held against it.
            if records::policy::may_see(&tx.ctx.actor, &it.place).is_err() {
                return Ok((community, None, vec![], vec![], false, can_move));
            }
            let records = records::of_community(tx, id)?;
            let can_record = records::may_record_here(tx, id)?;
            let standings = records::standings::told(tx, &it)?;
            Ok((community, Some(records), standings, queries::history_of(tx, id)?, can_record, can_move))
        })
        .await?;
    let chrome = asked.chrome(&community.name);
    page(&ShowPage { chrome, community, records, standings, history, can_record, can_move })
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

async fn export(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let (mut filter, mut rows) = (Filter { after: None, ..asked.query.filter() }, vec![]);
    loop {
        // A new snapshot a page, so that an export never holds the store up.
        let (ctx, now) = (caller.ctx.clone(), filter.clone());
        let list = app.store.read(ctx, move |tx| queries::list(tx, &now, 1_000)).await?;
        rows.extend(list.communities.iter().map(|it| web::sheet_cells(COLUMNS, &asked.chosen, it)));
        match list.next.as_deref().and_then(Cursor::parse) {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    let columns = web::sheet_columns(COLUMNS, &asked.chosen);
    let sheet = documents::write_xlsx("小区", &columns, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "小区台账.xlsx", sheet))
}

impl FormPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
