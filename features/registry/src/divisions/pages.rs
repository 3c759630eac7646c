//! The pages of the tree. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use documents::{Cell, Column};
use kernel::{Ctx, FieldError, Problem};
use sha2::{Digest as _, Sha256};
use web::{Caller, Chrome, PageResult, Posted, Uploaded, error_of, page, redirect_saying};

use super::{
    actions, policy,
    queries::{self, DivisionView},
    types::{Adjusting, Division, DivisionForm, DivisionId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list).post(create_city))
        .route("/import", get(blank).post(import))
        .route("/template.xlsx", get(template))
        .route("/{id}", get(show).post(create))
        .route("/{id}/edit", post(edit))
        .route("/{id}/move", post(move_under))
        .route("/{id}/end", post(end))
}

#[derive(Template)]
#[template(path = "divisions.html")]
struct ListPage {
    chrome: Chrome,
    roots: Vec<Division>,
    can_import: bool,
    can_add: bool,
    form: DivisionForm,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "division.html")]
struct ShowPage {
    chrome: Chrome,
    view: DivisionView,
    /// What was typed of a new one under it, and of itself.
    added: DivisionForm,
    own: DivisionForm,
    errors: Vec<FieldError>,
    /// The faults are those of the division itself, not of a new one.
    of_own: bool,
    /// The act whose form is open, with what was typed of its paper.
    fold: (&'static str, String),
    conflict: bool,
}

#[derive(Template)]
#[template(path = "divisions_import.html")]
struct ImportPage {
    chrome: Chrome,
    faults: Vec<String>,
}

async fn list(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("区划");
    show_list(&app, chrome, caller.ctx, DivisionForm::default(), vec![]).await
}

async fn show_list(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    form: DivisionForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let can_import = policy::may_import(&ctx.actor).is_ok();
    let can_add = ctx.actor.is(kernel::Role::SystemAdministrator);
    let roots = app.store.read(ctx, queries::roots).await?;
    // Whoever has one place begins there.
    if let ([only], false) = (roots.as_slice(), can_add) {
        return web::redirect(&format!("/registry/divisions/{}", only.id));
    }
    let chrome = chrome.with_errors(&errors);
    page(&ListPage { chrome, roots, can_import, can_add, form, errors })
}

async fn create_city(State(app): State<App>, posted: Posted<DivisionForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("区划"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::create(tx, None, &posted.form)).await {
        Ok(id) => redirect_saying(&format!("/registry/divisions/{id}"), "区划已登记，可以接着登记下级"),
        Err(Problem::Invalid(errors)) => show_list(&app, chrome, ctx, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<DivisionId>) -> PageResult {
    let asked = caller.asked;
    let view = app.store.read(caller.ctx, move |tx| queries::view(tx, id)).await?;
    let own = own_form(&view.division);
    let chrome = asked.chrome(&view.division.name);
    let added = DivisionForm::default();
    page(&ShowPage {
        chrome,
        view,
        added,
        own,
        errors: vec![],
        of_own: false,
        fold: ("", String::new()),
        conflict: false,
    })
}

fn own_form(it: &Division) -> DivisionForm {
    DivisionForm { code: it.code.clone(), name: it.name.clone(), version: it.version.to_string() }
}

async fn create(
    State(app): State<App>,
    Path(id): Path<DivisionId>,
    posted: Posted<DivisionForm>,
) -> PageResult {
    let (asked, ctx, added) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::create(tx, Some(id), &posted.form)).await {
        Ok(_) => redirect_saying(&format!("/registry/divisions/{id}"), "下级区划已登记"),
        Err(Problem::Invalid(errors)) => {
            let view = app.store.read(ctx, move |tx| queries::view(tx, id)).await?;
            let own = own_form(&view.division);
            let chrome = asked.chrome(&view.division.name).with_errors(&errors);
            page(&ShowPage {
                chrome,
                view,
                added,
                own,
                errors,
                of_own: false,
                fold: ("", String::new()),
                conflict: false,
            })
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn edit(
    State(app): State<App>,
    Path(id): Path<DivisionId>,
    posted: Posted<DivisionForm>,
) -> PageResult {
    let (asked, ctx, own) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    let (errors, conflict) =
        match app.store.write(posted.ctx, move |tx| actions::edit(tx, id, &posted.form)).await {
            Ok(()) => return redirect_saying(&format!("/registry/divisions/{id}"), "修改已保存"),
            Err(Problem::Invalid(errors)) => (errors, false),
            Err(Problem::Conflict) => (vec![], true),
            Err(problem) => return Err(problem.into()),
        };
    let view = app.store.read(ctx, move |tx| queries::view(tx, id)).await?;
    // Saved once more, what was typed goes over what the other saved, which the page shows.
    let version = if conflict { view.division.version.to_string() } else { own.version.clone() };
    let chrome = asked.chrome(&view.division.name).with_errors(&errors);
    let (added, own) = (DivisionForm::default(), DivisionForm { version, ..own });
    page(&ShowPage {
        chrome,
        view,
        added,
        own,
        errors,
        of_own: true,
        fold: ("edit", String::new()),
        conflict,
    })
}

async fn move_under(
    State(app): State<App>,
    Path(id): Path<DivisionId>,
    posted: Posted<Adjusting>,
) -> PageResult {
    let (asked, ctx, fold) =
        (posted.asked.clone(), posted.ctx.clone(), ("move", posted.form.document.clone()));
    let done = app.store.write(posted.ctx, move |tx| actions::move_under(tx, id, &posted.form)).await;
    adjusted(&app, asked, ctx, (id, fold), done, "已划归，其中的小区和记录随之划转").await
}

async fn end(State(app): State<App>, Path(id): Path<DivisionId>, posted: Posted<Adjusting>) -> PageResult {
    let (asked, ctx, fold) =
        (posted.asked.clone(), posted.ctx.clone(), ("end", posted.form.document.clone()));
    let done = app.store.write(posted.ctx, move |tx| actions::end(tx, id, &posted.form)).await;
    adjusted(&app, asked, ctx, (id, fold), done, "已撤销。请安全管理员收回这里的职务").await
}

/// Back to the division; what was wrong stands over it.
async fn adjusted(
    app: &App,
    asked: web::Asked,
    ctx: Ctx,
    (id, fold): (DivisionId, (&'static str, String)),
    done: Result<(), Problem>,
    said: &str,
) -> PageResult {
    let errors = match done {
        Ok(()) => return redirect_saying(&format!("/registry/divisions/{id}"), said),
        Err(Problem::Invalid(errors)) => errors,
        Err(Problem::Refused { message, .. }) => vec![FieldError::new("document", message)],
        Err(problem) => return Err(problem.into()),
    };
    let ctx = Ctx { key: None, ..ctx };
    let view = app.store.read(ctx, move |tx| queries::view(tx, id)).await?;
    let (added, own) = (DivisionForm::default(), own_form(&view.division));
    let chrome = asked.chrome(&view.division.name).with_errors(&errors);
    page(&ShowPage { chrome, view, added, own, errors, of_own: true, fold, conflict: false })
}

async fn blank(caller: Caller) -> PageResult {
    let _may = policy::may_import(&caller.ctx.actor)?;
    page(&ImportPage { chrome: caller.chrome("导入区划"), faults: vec![] })
}

async fn import(State(app): State<App>, sent: Uploaded) -> PageResult {
    let _may = policy::may_import(&sent.ctx.actor)?;
    let chrome = sent.asked.chrome("导入区划");
    let (file, hash) = (sent.file.clone(), hex::encode(Sha256::digest(&sent.file)));
    let read = tokio::task::spawn_blocking(move || documents::read_table(&file)).await;
    let table = match read.map_err(|it| Problem::Broken(it.into()))? {
        Ok(table) => table,
        Err(fault) => return page(&ImportPage { chrome, faults: vec![fault.to_string()] }),
    };
    match app.store.write(sent.ctx, move |tx| actions::import(tx, &table, &hash)).await {
        Ok((added, skipped)) => {
            let there = if 0 < skipped { format!("，{skipped}个已经登记") } else { String::new() };
            redirect_saying("/registry/divisions", &format!("新登记{added}个区划{there}"))
        }
        Err(Problem::Invalid(errors)) => {
            page(&ImportPage { chrome, faults: errors.into_iter().map(|it| it.message).collect() })
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn template(caller: Caller) -> PageResult {
    let _may = policy::may_import(&caller.ctx.actor)?;
    let columns: Vec<Column> =
        ["区划代码", "区划名称", "级别", "上级代码"].map(|it| Column::text(it, 18)).into();
    let rows = [
        ["341500", "示例市", "市", ""],
        ["341523", "示例县", "县区", ""],
        ["341523100", "示例镇", "街道、乡镇", ""],
        ["341523100001", "示例社区", "社区", ""],
        ["LA-KFQ", "示例经济开发区", "县区", "341500"],
    ];
    let rows: Vec<Vec<Cell>> =
        rows.iter().map(|it| it.iter().map(|it| Cell::Text((*it).to_owned())).collect()).collect();
    let sheet = documents::write_xlsx("区划", &columns, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "区划导入模板.xlsx", sheet))
}

impl ListPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl ShowPage {
    fn error(&self, field: &str, of_own: bool) -> Option<&str> {
        error_of(&self.errors, field).filter(|_| self.of_own == of_own)
    }
}
