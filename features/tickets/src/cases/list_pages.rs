//! The list of cases as a page and as a sheet.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::Problem;
use serde::Deserialize;
use web::{Caller, Chrome, Cursor, Narrowed, PageResult, Views, page};

use super::{
    filters::{Filter, Within},
    lists::{self, Asked, TicketList},
    sheets,
};
use crate::profiles::rules::categories;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(list)).route("/export.xlsx", get(export))
}

#[derive(Template)]
#[template(path = "tickets.html")]
struct ListPage {
    chrome: Chrome,
    list: TicketList,
    /// The tab that is open; none while words are searched for in every state.
    stage: String,
    asked: Narrowed<ListQuery>,
    views: Views,
    /// Code and title.
    categories: Vec<(String, String)>,
}

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
struct ListQuery {
    stage: String,
    said: String,
    category: String,
    late: String,
    /// 申请延期待审 only.
    extension: String,
    within: String,
    waited: String,
    after: String,
}

impl ListQuery {
    fn asked(&self) -> Asked {
        let after = Cursor::parse(&self.after)
            .and_then(|it| Some((jiff::Timestamp::from_microsecond(it.value.parse().ok()?).ok()?, it.id)));
        Asked {
            stage: lists::stage_code(&self.stage),
            said: self.said.trim().to_owned(),
            category: Some(self.category.clone()).filter(|it| !it.is_empty()),
            late: self.late == "yes",
            extension: self.extension == "yes",
            within: Within::parse(&self.within),
            waited: self.waited.parse().ok(),
            after,
        }
    }
}

const PAGE: &str = "/tickets";

async fn list(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let (chrome, wanted, question) = (caller.chrome("诉求"), asked.query.asked(), asked.text.clone());
    let searching = !wanted.said.is_empty();
    let (list, views) = app
        .store
        .read(caller.ctx, move |tx| Ok((lists::list(tx, &wanted)?, accounts::views(tx, PAGE, &question)?)))
        .await?;
    let stage = if searching { String::new() } else { list.stage.to_owned() };
    let categories = categories().iter().map(|it| (it.code.clone(), it.title.clone())).collect();
    page(&ListPage { chrome, stage, asked, views, categories, list })
}

/// 导出所见 — the tab and filter of the list as a sheet.
async fn export(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let wanted = asked.query.asked();
    // A search looks into every state; without one the sheet is a tab's.
    if wanted.stage.is_none() && wanted.said.is_empty() {
        return Err(Problem::NotFound.into());
    }
    let (mut after, mut rows) = (None, vec![]);
    loop {
        // A new snapshot a page, so that an export never holds the store up.
        let filter = Filter { after, ..wanted.filter(wanted.stage, caller.ctx.now) };
        let found = app.store.read(caller.ctx.clone(), move |tx| sheets::page(tx, &filter)).await?;
        rows.extend(found.rows);
        sheets::fits(rows.len())?;
        match found.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let sheet =
        documents::write_xlsx("诉求", &sheets::columns(), &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "诉求.xlsx", sheet))
}
