//! The pages of a community's roll: its versions, the upload, one version with its objections.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use documents::{Cell, Column, Table};
use kernel::Problem;
use registry::communities::{CommunityId, CommunityView};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, Uploaded, page, redirect_saying};

use super::{
    actions, policy,
    queries::{self, RollView},
    reading::{self, Fault},
    rules::{self as own, FIELDS},
    types::{ReadUnit, RollId},
};
use crate::objections::{Answering, ObjectionId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/communities/{id}/rolls/new", get(blank))
        .route("/communities/{id}/rolls", post(upload))
        .route("/rolls/template.xlsx", get(template))
        .route("/rolls/{id}", get(show))
        .route("/rolls/{id}/post", post(post_roll))
        .route("/rolls/{id}/freeze", post(freeze))
        .route("/rolls/{id}/withdraw", post(withdraw))
        .route("/rolls/{id}/objections/{objection}", post(answer))
}

#[derive(Template)]
#[template(path = "roll_new.html")]
struct NewPage {
    chrome: Chrome,
    community: CommunityView,
    faults: Vec<String>,
}

#[derive(Template)]
#[template(path = "roll.html")]
struct RollPage {
    chrome: Chrome,
    view: RollView,
}

async fn blank(State(app): State<App>, caller: Caller, Path(id): Path<CommunityId>) -> PageResult {
    show_blank(&app, caller.chrome("上传业主名册"), caller.ctx, id, vec![]).await
}

async fn show_blank(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CommunityId,
    faults: Vec<String>,
) -> PageResult {
    let community = app.store.read(ctx, move |tx| queries::may_propose(tx, id)).await?;
    page(&NewPage { chrome, community, faults })
}

async fn template(caller: Caller) -> PageResult {
    let _may = policy::may_download(&caller.ctx.actor)?;
    let columns: Vec<Column> = FIELDS.iter().map(|it| Column::text(it.1, 16)).collect();
    let example = own::EXAMPLE.iter().map(|it| Cell::Text((*it).to_owned())).collect();
    let sheet =
        documents::write_xlsx("业主名册", &columns, &[example]).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "业主名册模板.xlsx", sheet))
}

async fn upload(State(app): State<App>, Path(id): Path<CommunityId>, sent: Uploaded) -> PageResult {
    let (chrome, ctx, file) = (sent.asked.chrome("上传业主名册"), sent.ctx.clone(), sent.file.clone());
    let ctx_read = kernel::Ctx { key: None, ..ctx.clone() };
    // Whether they may is asked before the sheet is read: it comes back with what is wrong written beside each line.
    app.store.read(ctx_read.clone(), move |tx| queries::may_propose(tx, id)).await?;
    let marked = sent.field("as") == "sheet";
    let read = tokio::task::spawn_blocking(move || read_file(&file, marked)).await;
    let units = match read.map_err(|it| Problem::Broken(it.into()))? {
        Ok(units) => units,
        Err(Unread { sheet: Some(sheet), .. }) => {
            return Ok(web::download(documents::XLSX, "业主名册（标注错误）.xlsx", sheet));
        }
        Err(Unread { faults, .. }) => return show_blank(&app, chrome, ctx_read, id, faults).await,
    };
    let vault = app.vault.clone();
    let roll = app.store.write(ctx, move |tx| actions::propose(tx, &vault, id, &units)).await?;
    redirect_saying(&format!("/assemblies/rolls/{roll}"), "名册已上传，请核对后开始公示")
}

/// A sheet that was not taken: its faults, and the sheet with them beside each line where that was asked for.
struct Unread {
    faults: Vec<String>,
    sheet: Option<Vec<u8>>,
}

/// The sheet as it came, with the fault of each line in a last column; a line without one stays as it is.
fn marked_sheet(table: &Table, faults: &[Fault]) -> Option<Vec<u8>> {
    let told = |line: u32| -> String {
        let own = faults.iter().filter(|it| it.line == Some(line));
        own.map(|it| it.words.as_str()).collect::<Vec<_>>().join("；")
    };
    // What is wrong with the whole of it stands in the head: the rows are the sheet's own.
    let whole =
        faults.iter().filter(|it| it.line.is_none()).map(|it| format!("：{}", it.words)).collect::<String>();
    let mut columns = vec![Column::text(&format!("错误{whole}"), 60)];
    columns.extend(table.header.iter().map(|it| Column::text(it, 16)));
    let row = |(line, cells): &(u32, Vec<String>)| -> Vec<Cell> {
        std::iter::once(told(*line)).chain(cells.iter().cloned()).map(Cell::Text).collect()
    };
    documents::write_xlsx("业主名册", &columns, &table.rows.iter().map(row).collect::<Vec<_>>()).ok()
}

fn read_file(file: &[u8], marked: bool) -> Result<Vec<ReadUnit>, Unread> {
    let whole = |words: String| Unread { faults: vec![words], sheet: None };
    let table = documents::read_table(file).map_err(|it| whole(it.to_string()))?;
    let columns = own::columns(&table.header).map_err(|it| whole(it.to_string()))?;
    let rows: Vec<_> = table.rows.iter().map(|(line, cells)| own::row(*line, cells, &columns)).collect();
    reading::read(&rows).map_err(|faults| {
        // A sheet that cannot be written is told on the page like any other.
        let sheet = if marked { marked_sheet(&table, &faults) } else { None };
        let mut told: Vec<String> =
            faults.iter().take(reading::MOST_FAULTS).map(ToString::to_string).collect();
        if reading::MOST_FAULTS < faults.len() {
            told.push(format!("还有{}处没有列出，请下载标注错误的表格", faults.len() - reading::MOST_FAULTS));
        }
        Unread { faults: told, sheet }
    })
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<RollId>) -> PageResult {
    let (chrome, vault) = (caller.chrome("业主名册"), app.vault.clone());
    let view = app.store.read(caller.ctx, move |tx| queries::roll(tx, &vault, id)).await?;
    page(&RollPage { chrome, view })
}

#[derive(Deserialize)]
struct Nothing {}

async fn post_roll(State(app): State<App>, Path(id): Path<RollId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::post(tx, id)).await?;
    redirect_saying(&format!("/assemblies/rolls/{id}"), "名册开始公示")
}

async fn freeze(State(app): State<App>, Path(id): Path<RollId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::freeze(tx, id)).await?;
    redirect_saying(&format!("/assemblies/rolls/{id}"), "名册已冻结，可以据此组织表决")
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Why {
    reason: String,
}

async fn withdraw(State(app): State<App>, Path(id): Path<RollId>, posted: Posted<Why>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::withdraw(tx, id, &posted.form.reason)).await?;
    redirect_saying(&format!("/assemblies/rolls/{id}"), "名册已撤回")
}

async fn answer(
    State(app): State<App>,
    Path((id, objection)): Path<(RollId, ObjectionId)>,
    posted: Posted<Answering>,
) -> PageResult {
    let vault = app.vault.clone();
    app.store.write(posted.ctx, move |tx| actions::answer(tx, &vault, id, objection, &posted.form)).await?;
    redirect_saying(&format!("/assemblies/rolls/{id}"), "异议已答复")
}
