//! The pages of papers. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use sha2::{Digest as _, Sha256};
use web::{Caller, Chrome, PageResult, Uploaded, error_of, page, redirect_saying};

use super::{
    actions, policy,
    queries::{self, DeskView},
    rules,
    types::{PaperForm, Row},
};
use crate::{applications::types::ApplicationId, openings::types::CampaignId};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/papers", get(desk).post(enter))
        .route("/{id}/papers/{application}/annex-3", post(read_annex))
}

#[derive(Template)]
#[template(path = "papers.html")]
struct DeskPage {
    chrome: Chrome,
    view: DeskView,
    form: PaperForm,
    errors: Vec<FieldError>,
}

async fn desk(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    show(&app, caller.chrome("书面报送录入"), caller.ctx, id, PaperForm::default(), vec![]).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    form: PaperForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::desk(tx, id)).await?;
    page(&DeskPage { chrome: chrome.with_errors(&errors), view, form, errors })
}

async fn enter(State(app): State<App>, Path(id): Path<CampaignId>, sent: Uploaded) -> PageResult {
    let form = PaperForm {
        county: sent.field("county").to_owned(),
        received_on: sent.field("received_on").to_owned(),
        decided_on: sent.field("decided_on").to_owned(),
        decision: sent.field("decision").to_owned(),
    };
    let _may = policy::may_open(&sent.ctx.actor)?;
    let (chrome, ctx, file) = (sent.asked.chrome("书面报送录入"), sent.ctx.clone(), sent.file.clone());
    let digest = hex::encode(Sha256::digest(&file));
    let read = tokio::task::spawn_blocking(move || documents::read_table(&file)).await;
    let read = read.map_err(|it| Problem::Broken(it.into()))?;
    let read: Result<Vec<Row>, Vec<String>> =
        read.map_err(|it| vec![it.to_string()]).and_then(|it| rules::annex_4(&it));
    let rows = match read {
        Ok(rows) => rows,
        Err(faults) => {
            let errors = faults.into_iter().map(|it| FieldError::new("file", it)).collect();
            return show(&app, chrome, ctx, id, form, errors).await;
        }
    };
    let (vault, typed) = (app.vault.clone(), form.clone());
    match app.store.write(sent.ctx, move |tx| actions::enter(tx, &vault, id, &typed, &rows, &digest)).await {
        Ok(n) => redirect_saying(&format!("/campaigns/{id}/papers"), &format!("已录入，推荐{n}个小区")),
        Err(Problem::Invalid(errors)) => show(&app, chrome, ctx, id, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn read_annex(
    State(app): State<App>,
    Path((id, application)): Path<(CampaignId, ApplicationId)>,
    sent: Uploaded,
) -> PageResult {
    let _may = policy::may_open(&sent.ctx.actor)?;
    let (chrome, ctx, file) = (sent.asked.chrome("书面报送录入"), sent.ctx.clone(), sent.file.clone());
    let digest = hex::encode(Sha256::digest(&file));
    let read = tokio::task::spawn_blocking(move || documents::read_form(&file)).await;
    let rows = read.map_err(|it| Problem::Broken(it.into()))?;
    let told = |says: String| vec![FieldError::new("annex", says)];
    let rows = match rows {
        Ok(rows) => rows,
        Err(fault) => {
            return show(&app, chrome, ctx, id, PaperForm::default(), told(fault.to_string())).await;
        }
    };
    let vault = app.vault.clone();
    let read =
        move |tx: &mut ::store::Tx<'_>| actions::read_annex(tx, &vault, (id, application), &rows, &digest);
    match app.store.write(sent.ctx, read).await {
        Ok(()) => redirect_saying(&format!("/campaigns/applications/{application}"), "自荐表已读入，请核对"),
        Err(Problem::Invalid(errors)) => show(&app, chrome, ctx, id, PaperForm::default(), errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl DeskPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
