//! The list of cases as a page and as a sheet.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::Problem;
use serde::Deserialize;
use web::{Caller, Chrome, Cursor, Narrowed, PageResult, Table, Views, page};

use super::{
    columns::{self, COLUMNS},
    filters::{ALL, After, Filter, Held, Whose, Within},
    labels,
    lists::{self, Asked, TicketList},
    sheets, tabs,
    types::Channel,
};

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
    table: Table,
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
    /// `today`.
    due: String,
    /// 申请延期待审 only.
    extension: String,
    within: String,
    /// `mine`, `others`.
    turn: String,
    handler: String,
    channel: String,
    /// 受理日期, from and to.
    from: String,
    to: String,
    waited: String,
    after: String,
}

impl ListQuery {
    /// Whether anything of the filters' form is chosen: on a phone it lies folded otherwise.
    fn is_filtered(&self) -> bool {
        let chosen = [
            &self.said,
            &self.category,
            &self.within,
            &self.handler,
            &self.late,
            &self.channel,
            &self.from,
            &self.to,
        ];
        chosen.iter().any(|it| !it.is_empty())
    }

    fn asked(&self, chosen: &[String]) -> Asked {
        let after = Cursor::parse(&self.after).and_then(|it| After::parse(&it.value, it.id));
        let stage = tabs::stage_code(&self.stage);
        let (from, to) = (self.from.parse().ok(), self.to.parse().ok());
        // Days of no stage are days of every one.
        let of_days = (from.is_some() || to.is_some()) && self.turn.is_empty();
        Asked {
            stage: stage.or(of_days.then_some(ALL)),
            said: self.said.trim().to_owned(),
            category: Some(self.category.clone()).filter(|it| !it.is_empty()),
            late: self.late == "yes",
            today: self.due == "today",
            extension: self.extension == "yes",
            within: Within::parse(&self.within),
            whose: Whose::parse(&self.turn),
            held: Held::parse(&self.handler),
            channel: Channel::from_code(&self.channel),
            from,
            to,
            waited: self.waited.parse().ok(),
            after,
            outside: columns::wants_outside(chosen),
        }
    }
}

const PAGE: &str = "/tickets";

async fn list(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let (chrome, wanted, question) =
        (caller.chrome("诉求"), asked.query.asked(&asked.chosen), asked.text.clone());
    let (searching, days) = (!wanted.said.is_empty(), wanted.days(caller.ctx.today()));
    let (list, views) = app
        .store
        .read(caller.ctx, move |tx| Ok((lists::list(tx, &wanted)?, accounts::views(tx, PAGE, &question)?)))
        .await?;
    let stage = if searching { String::new() } else { list.stage.to_owned() };
    let categories = labels::categories();
    let mut asked = asked;
    // The days that are shown, also where they were not chosen.
    if let Some((from, to)) = days {
        (asked.query.from, asked.query.to) = (from.to_string(), to.to_string());
    }
    let table = Table::of(COLUMNS, &asked.chosen, &list.lines, |it| format!("{PAGE}/{}", it.id));
    page(&ListPage { chrome, stage, asked, views, table, categories, list })
}

/// 导出所见 — the tab and filter of the list as a sheet.
async fn export(State(app): State<App>, caller: Caller, asked: Narrowed<ListQuery>) -> PageResult {
    let wanted = asked.query.asked(&asked.chosen);
    // A search and a turn look into several states; without them the sheet is a tab's.
    if wanted.stage.is_none() && wanted.said.is_empty() && wanted.whose.is_none() {
        return Err(Problem::NotFound.into());
    }
    let (now, today, chosen) = (caller.ctx.now, caller.ctx.today(), asked.chosen.clone());
    let (mut after, mut rows) = (None, vec![]);
    loop {
        // A new snapshot a page, so that an export never holds the store up.
        let wanted = wanted.filter(&caller.ctx.actor, wanted.stage, now, today);
        let (filter, chosen) = (Filter { after, ..wanted }, chosen.clone());
        let found = app.store.read(caller.ctx.clone(), move |tx| sheets::page(tx, &filter, &chosen)).await?;
        rows.extend(found.rows);
        sheets::fits(rows.len())?;
        match found.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let sheet = documents::write_xlsx("诉求", &sheets::columns(&chosen), &rows)
        .map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "诉求.xlsx", sheet))
}
