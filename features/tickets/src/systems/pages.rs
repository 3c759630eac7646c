//! The pages of systems. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, PostedFresh, error_of, page, redirect_saying};

use super::{
    actions, policy, rules, store as drawers,
    types::{System, SystemForm, SystemId},
};
use crate::cases::{labels, types::Channel};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/systems", get(list).post(register)).route("/systems/{id}/end", post(end))
}

#[derive(Template)]
#[template(path = "systems.html")]
struct SystemsPage {
    chrome: Chrome,
    systems: Vec<System>,
    form: SystemForm,
    errors: Vec<FieldError>,
    /// Name and key of the system just registered: shown once.
    fresh: Option<(String, String)>,
}

async fn list(State(app): State<App>, caller: Caller) -> PageResult {
    show(&app, caller.chrome("接入系统"), caller.ctx, SystemForm::default(), vec![], None).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    form: SystemForm,
    errors: Vec<FieldError>,
    fresh: Option<(String, String)>,
) -> PageResult {
    let read = app.store.read(ctx, |tx| {
        let _may = policy::may_keep(&tx.ctx.actor)?;
        Ok(drawers::all(tx)?)
    });
    let systems = read.await?;
    page(&SystemsPage { chrome: chrome.with_errors(&errors), systems, form, errors, fresh })
}

async fn register(State(app): State<App>, posted: PostedFresh<SystemForm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("接入系统"), posted.ctx.clone(), posted.form.clone());
    let random = app::random_bytes(32).map_err(Problem::Broken)?;
    let key = rules::key_over(&random);
    let (vault, made) = (app.vault.clone(), key.clone());
    match app.store.write(posted.ctx, move |tx| actions::register(tx, &vault, &posted.form, &made)).await {
        Ok(()) => {
            let fresh = Some((form.name.trim().to_owned(), key));
            show(&app, chrome, ctx, SystemForm::default(), vec![], fresh).await
        }
        Err(Problem::Invalid(errors)) => show(&app, chrome, ctx, form, errors, None).await,
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn end(State(app): State<App>, Path(id): Path<SystemId>, posted: Posted<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::end(tx, id)).await?;
    redirect_saying("/tickets/systems", "已停用，它的密钥不能再用")
}

impl SystemsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn channel(it: &System) -> &'static str {
        labels::channel(it.channel)
    }

    fn day(it: &System) -> String {
        kernel::beijing_date(it.created_at).to_string()
    }

    fn channels() -> Vec<(String, String)> {
        let known = [Channel::Hotline12345, Channel::Hotline12319, Channel::Platform];
        known.map(|it| (it.code().to_owned(), labels::channel(it).to_owned())).to_vec()
    }
}
