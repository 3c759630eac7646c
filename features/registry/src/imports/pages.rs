//! The import wizard: upload, check the columns and the faults, import, see how far it is.

use std::collections::BTreeMap;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use documents::{Cell, Column};
use identifiers::Uscc;
use kernel::Problem;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use web::{Caller, Chrome, PageResult, Posted, Uploaded, page, redirect, redirect_saying};

use super::{
    actions, job, policy,
    rules::fields,
    store as drawers,
    types::{COMMUNITIES, ENTERPRISES, FaultyRow, Import, ImportId, Mode, Stage, StagedRow},
};
use crate::records::kinds;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/new", get(blank))
        .route("/", post(upload))
        .route("/template.xlsx", get(template))
        .route("/{id}", get(show).post(start))
        .route("/{id}/columns", post(map))
        .route("/{id}/corrections.xlsx", get(corrections))
}

const SHOWN: i64 = 100;

/// The register a file goes into, as the pages speak of it.
struct Register {
    code: String,
    title: &'static str,
    /// What one row becomes: 个小区, 条记录.
    one: &'static str,
    /// The page the rows are seen on.
    page: String,
}

impl Register {
    /// The register of this code; an unknown one is that of communities.
    fn of(code: &str) -> Self {
        let of = |code: &str, title, one, page| Self { code: code.to_owned(), title, one, page };
        match kinds::kind(code) {
            None if code == ENTERPRISES => {
                of(code, "物业服务企业", "家企业", "/registry/enterprises".to_owned())
            }
            Some(kind) => of(code, kind.title, "条记录", format!("/registry/records?kind={code}")),
            None => of(COMMUNITIES, "小区", "个小区", "/registry/communities".to_owned()),
        }
    }

    fn chrome_title(&self) -> String {
        format!("导入{}", self.title)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RegisterQuery {
    register: String,
}

#[derive(Template)]
#[template(path = "import_new.html")]
struct NewPage {
    chrome: Chrome,
    register: Register,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ShowPage {
    chrome: Chrome,
    register: Register,
    import: Import,
    /// Field, its name, and the column it is read from as text.
    fields: Vec<(&'static str, &'static str, String)>,
    columns: Vec<(String, String)>,
    faulty: Vec<FaultyRow>,
    percent: i64,
}

async fn blank(caller: Caller, Query(query): Query<RegisterQuery>) -> PageResult {
    let _may = policy::may_import(&caller.ctx.actor)?;
    let register = Register::of(&query.register);
    page(&NewPage { chrome: caller.chrome(&register.chrome_title()), register, refused: None })
}

async fn template(caller: Caller, Query(query): Query<RegisterQuery>) -> PageResult {
    let _may = policy::may_import(&caller.ctx.actor)?;
    let register = Register::of(&query.register);
    let fields = fields(&register.code);
    let columns: Vec<Column> = fields.iter().map(|(_, title, _)| Column::text(title, 16)).collect();
    let kind = kinds::kind(&register.code);
    let example_code = Uscc::complete("91341500MA200001").map_or(String::new(), |it| it.to_string());
    let example = |field: &str| match field {
        "name" if register.code == ENTERPRISES => "六安市示例物业服务有限公司",
        "uscc" => example_code.as_str(),
        "name" | "community" => "锦绣花园",
        "subdistrict" => "城关镇",
        "neighborhood" => "桃溪社区",
        "kind" => "商品房",
        "address" => "桃溪路1号",
        "built_year" => "2015",
        "floor_area" => "86500.5",
        "buildings" => "12",
        "entrances" => "30",
        "households" => "960",
        "service_mode" => "市场化",
        "note" | "evidence" => "示例，填写时请删除本行",
        "title" => kind.map_or("", |it| it.title),
        "happened_on" => "2024-06-30",
        "class" => kind.and_then(|it| it.classes.first()).map_or("", |it| it.1),
        "status" => kind.and_then(|it| it.statuses.first()).map_or("", |it| it.1),
        "part" => "95",
        "whole" => "100",
        _ => "",
    };
    let rows = vec![fields.iter().map(|it| Cell::Text(example(it.0).to_owned())).collect()];
    let sheet =
        documents::write_xlsx(register.title, &columns, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, &format!("{}导入模板.xlsx", register.title), sheet))
}

async fn upload(State(app): State<App>, sent: Uploaded) -> PageResult {
    let _may = policy::may_import(&sent.ctx.actor)?;
    let register = Register::of(sent.field("register"));
    let (file, hash) = (sent.file.clone(), hex::encode(Sha256::digest(&sent.file)));
    let read = tokio::task::spawn_blocking(move || documents::read_table(&file)).await;
    let table = match read.map_err(|it| Problem::Broken(it.into()))? {
        Ok(table) => table,
        Err(fault) => {
            let chrome = sent.asked.chrome(&register.chrome_title());
            return page(&NewPage { chrome, register, refused: Some(fault.to_string()) });
        }
    };
    let tenant = actions::home(&sent.ctx.actor.hat.scope)?;
    let id = ImportId::from(sent.ctx.new_id(tenant));
    let rows: Vec<StagedRow> =
        table.rows.into_iter().map(|(line, cells)| StagedRow { line: i64::from(line), cells }).collect();
    for some in rows.chunks(job::STEP) {
        let (ctx, some) = (app.ctx(sent.ctx.actor.clone(), None), some.to_vec());
        app.store.housekeep(ctx, move |tx| actions::put_rows(tx, id, &some)).await?;
    }
    let (actor, name, header, count) =
        (sent.ctx.actor.clone(), sent.file_name, table.header, rows.len() as i64);
    let into = register.code;
    app.store.write(sent.ctx, move |tx| actions::stage(tx, id, &into, &name, &hash, &header, count)).await?;
    job::examine(&app, actor, id).await?;
    redirect(&format!("/registry/imports/{id}"))
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<ImportId>) -> PageResult {
    let asked = caller.asked;
    let (import, faulty) = app
        .store
        .read(caller.ctx, move |tx| {
            let import = drawers::load(tx, id)?;
            let _may = policy::may_see(&tx.ctx.actor, &import)?;
            Ok((import, drawers::faults(tx, id, SHOWN)?))
        })
        .await?;
    let column = |field: &str| import.mapping.get(field).map_or(String::new(), ToString::to_string);
    let fields = fields(&import.register);
    let fields = fields.into_iter().map(|(field, title, _)| (field, title, column(field))).collect();
    let columns = import.header.iter().enumerate().map(|(n, it)| (n.to_string(), it.clone())).collect();
    let done = import.counts.applied + import.counts.skipped + import.counts.refused;
    let percent = if import.rows == 0 { 100 } else { done * 100 / import.rows };
    let register = Register::of(&import.register);
    let chrome = asked.chrome(&register.chrome_title());
    page(&ShowPage { chrome, register, fields, columns, faulty, percent, import })
}

async fn map(
    State(app): State<App>,
    Path(id): Path<ImportId>,
    posted: Posted<BTreeMap<String, String>>,
) -> PageResult {
    let known = |(field, column): (&String, &String)| Some((field.clone(), column.parse().ok()?));
    let mapping: BTreeMap<String, usize> = posted.form.iter().filter_map(known).collect();
    let actor = posted.ctx.actor.clone();
    app.store.write(posted.ctx, move |tx| actions::map(tx, id, &mapping)).await?;
    job::examine(&app, actor, id).await?;
    redirect_saying(&format!("/registry/imports/{id}"), "已按新的对应关系重新检查")
}

#[derive(Deserialize)]
struct StartForm {
    mode: String,
}

async fn start(State(app): State<App>, Path(id): Path<ImportId>, posted: Posted<StartForm>) -> PageResult {
    let mode = Mode::from_code(&posted.form.mode).ok_or(Problem::NotFound)?;
    let actor = posted.ctx.actor.clone();
    app.store.write(posted.ctx, move |tx| actions::start(tx, id, mode)).await?;
    // The answer does not wait for the whole batch: the page shows how far it is.
    tokio::spawn(async move {
        if let Err(problem) = job::apply(app, actor, id).await {
            tracing::error!(import = %id, %problem, "An import stopped before its end");
        }
    });
    redirect(&format!("/registry/imports/{id}"))
}

async fn corrections(State(app): State<App>, caller: Caller, Path(id): Path<ImportId>) -> PageResult {
    let (import, faulty) = app
        .store
        .read(caller.ctx, move |tx| {
            let import = drawers::load(tx, id)?;
            let _may = policy::may_see(&tx.ctx.actor, &import)?;
            Ok((import, drawers::faults(tx, id, 5_000)?))
        })
        .await?;
    let heads = import.header.iter().map(|it| Column::text(it, 16));
    let columns: Vec<Column> = heads.chain([Column::text("需要更正", 60)]).collect();
    let row = |it: &FaultyRow| {
        let cells =
            (0..import.header.len()).map(|n| Cell::Text(it.row.cells.get(n).cloned().unwrap_or_default()));
        cells.chain([Cell::Text(it.fault.clone())]).collect()
    };
    let rows: Vec<Vec<Cell>> = faulty.iter().map(row).collect();
    let sheet =
        documents::write_xlsx("需要更正", &columns, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "导入更正表.xlsx", sheet))
}

impl ShowPage {
    fn is_running(&self) -> bool {
        self.import.stage == Stage::Applying
    }

    fn is_staged(&self) -> bool {
        self.import.stage == Stage::Staged
    }

    /// What a file without these columns is taken to mean, where a register of communities assumes something.
    fn assumes(&self, field: &str) -> bool {
        self.register.code == COMMUNITIES && !self.import.mapping.contains_key(field)
    }

    fn is_undone(&self) -> bool {
        self.import.stage == Stage::Undone
    }
}
