//! The page of a hotline's sheet. Thin: read the file, check it, file it, say how many.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use documents::Column;
use kernel::{Ctx, Problem, parse_id};
use web::{Caller, Chrome, PageResult, Uploaded, page, redirect_saying};

use super::{actions, policy, rules::COLUMNS};
use crate::{
    profiles::rules::categories,
    systems::{self, types::System},
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/hotlines", get(blank).post(import)).route("/hotlines/template.xlsx", get(template))
}

#[derive(Template)]
#[template(path = "hotlines.html")]
struct HotlinesPage {
    chrome: Chrome,
    systems: Vec<System>,
    chosen: String,
    faults: Vec<String>,
    categories: Vec<&'static str>,
}

async fn blank(State(app): State<App>, caller: Caller) -> PageResult {
    show(&app, caller.chrome("导入热线来件"), caller.ctx, String::new(), vec![]).await
}

async fn show(app: &App, chrome: Chrome, ctx: Ctx, chosen: String, faults: Vec<String>) -> PageResult {
    let read = app.store.read(ctx, |tx| {
        let _may = policy::may_import(&tx.ctx.actor)?;
        Ok(systems::store::all(tx)?.into_iter().filter(|it| !it.ended).collect())
    });
    let categories = categories().iter().map(|it| it.title.as_str()).collect();
    page(&HotlinesPage { chrome, systems: read.await?, chosen, faults, categories })
}

async fn import(State(app): State<App>, sent: Uploaded) -> PageResult {
    let _may = policy::may_import(&sent.ctx.actor)?;
    let (chrome, ctx, actor) = (sent.asked.chrome("导入热线来件"), sent.ctx.clone(), sent.ctx.actor.clone());
    let (chosen, file) = (sent.field("system").to_owned(), sent.file.clone());
    let Some(system) = parse_id(&chosen) else {
        return show(&app, chrome, ctx, chosen, vec!["请选择来件系统".to_owned()]).await;
    };
    let read = tokio::task::spawn_blocking(move || documents::read_table(&file)).await;
    let table = match read.map_err(|it| Problem::Broken(it.into()))? {
        Ok(table) => table,
        Err(fault) => return show(&app, chrome, ctx, chosen, vec![fault.to_string()]).await,
    };
    match app.store.read(sent.ctx, move |tx| actions::check(tx, system.into(), &table)).await {
        Ok(checked) => {
            let skipped = checked.skipped;
            let filed = match actions::file(&app, &actor, checked).await {
                Ok(filed) => filed,
                Err((0, problem)) => return Err(problem.into()),
                Err((filed, problem)) => {
                    tracing::warn!(%problem, filed, "A hotline's sheet was filed in part");
                    let told = format!(
                        "系统忙，已登记{filed}件，其余没有登记。请稍后重新上传同一个文件，已登记的会跳过"
                    );
                    return show(&app, chrome, ctx, chosen, vec![told]).await;
                }
            };
            let before = if 0 < skipped { format!("，{skipped}件以前已登记") } else { String::new() };
            redirect_saying("/tickets", &format!("已登记{filed}件热线来件{before}"))
        }
        Err(Problem::Invalid(errors)) => {
            let faults = errors.into_iter().map(|it| it.message).collect();
            show(&app, chrome, ctx, chosen, faults).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn template(caller: Caller) -> PageResult {
    let _may = policy::may_import(&caller.ctx.actor)?;
    let columns: Vec<Column> = COLUMNS.iter().map(|it| Column::text(it.1, 16)).collect();
    // The heads alone: a sample row would be somebody's case when the sheet is sent back as it is.
    let sheet = documents::write_xlsx("热线来件", &columns, &[]).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "热线来件导入模板.xlsx", sheet))
}

impl HotlinesPage {
    fn choices(&self) -> Vec<(String, String)> {
        self.systems.iter().map(|it| (it.id.to_string(), it.name.clone())).collect()
    }
}
