//! The page of those who vote in an owner's stead: registered, printed once, ended.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    routing::{get, post},
};
use files::AttachmentId;
use kernel::{Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, Uploaded, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, MandatesView},
    types::{Ending, Kind, MandateId, Registering},
};
use crate::{
    decisions::{DecisionId, labels},
    enclosures, voting,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/decisions/{id}/mandates", get(show).post(register))
        .route("/decisions/{id}/mandates/end", post(end))
        .route("/decisions/{id}/mandates/{mandate}/papers", post(prove))
        .route("/decisions/{id}/mandates/{mandate}/papers/{file}", get(paper))
        .route("/decisions/{id}/mandates/{mandate}/papers/{file}/take-back", post(take_back))
}

#[derive(Template)]
#[template(path = "mandates.html")]
struct MandatesPage {
    chrome: Chrome,
    view: MandatesView,
    kinds: Vec<(String, String)>,
    form: Registering,
    ending: Ending,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "mandate_letter.html")]
struct LetterPage {
    chrome: Chrome,
    id: DecisionId,
    title: String,
    unit: String,
    kind: &'static str,
    name: String,
    closes: String,
    until: String,
    address: String,
    code: String,
    drawn: String,
    is_proxy: bool,
}

const TITLE: &str = "受托人和表决人";

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<DecisionId>) -> PageResult {
    let form = Registering { kind: "proxy".to_owned(), ..Registering::default() };
    show_with(&app, caller.chrome(TITLE), caller.ctx, id, (form, Ending::default()), vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: DecisionId,
    (form, ending): (Registering, Ending),
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::mandates(tx, &vault, id)).await?;
    let kinds = Kind::ALL.iter().map(|it| (it.code().to_owned(), it.label().to_owned())).collect();
    page(&MandatesPage { chrome: chrome.with_errors(&errors), view, kinds, form, ending, errors })
}

async fn register(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    headers: HeaderMap,
    posted: Posted<Registering>,
) -> PageResult {
    let (ctx, form, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    let done = app.store.write(posted.ctx, move |tx| actions::register(tx, &vault, id, &posted.form)).await;
    let (mandate, code) = match done {
        Ok(made) => made,
        Err(Problem::Invalid(errors)) => {
            let typed = (form, Ending::default());
            return show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed, errors).await;
        }
        // What a rule says no to is told beside what was typed: it may be another unit, or another person.
        Err(Problem::Refused { code, message }) => {
            let field = if code == "assemblies.mandate_cap" { "name" } else { "unit" };
            let (typed, errors) = ((form, Ending::default()), vec![FieldError::new(field, message)]);
            return show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed, errors).await;
        }
        Err(problem) => return Err(problem.into()),
    };
    let ctx = Ctx { key: None, ..ctx };
    let decision = app.store.read(ctx, move |tx| Ok(crate::decisions::store::load(tx, id)?)).await?;
    let scanned = web::address(&app, &headers, &format!("/assemblies/vote#{code}"));
    page(&LetterPage {
        chrome: posted.asked.chrome("表决人凭证"),
        id,
        title: decision.title.clone(),
        unit: mandate.unit.clone(),
        kind: mandate.kind.label(),
        is_proxy: mandate.is_proxy(),
        closes: decision.stage.noticed().map(|it| labels::until(it.closes_at)).unwrap_or_default(),
        until: mandate.until.to_string(),
        address: web::address(&app, &headers, "/assemblies/vote"),
        drawn: voting::pages::drawn(&scanned)?,
        name: mandate.name,
        code,
    })
}

async fn end(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Ending>) -> PageResult {
    let (ctx, ending, vault) = (posted.ctx.clone(), posted.form.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| actions::end(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/assemblies/decisions/{id}/mandates"), "已终止，凭证不能再用"),
        Err(Problem::Invalid(errors)) => {
            let typed = (Registering::default(), ending);
            show_with(&app, posted.asked.chrome(TITLE), ctx, id, typed, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn prove(
    State(app): State<App>,
    Path((id, mandate)): Path<(DecisionId, MandateId)>,
    sent: Uploaded,
) -> PageResult {
    web::refused_back(proven(app, id, mandate, sent).await, &format!("/assemblies/decisions/{id}/mandates"))
}

async fn proven(app: App, id: DecisionId, mandate: MandateId, sent: Uploaded) -> PageResult {
    let (ctx, vault) = (Ctx { key: None, ..sent.ctx.clone() }, app.vault.clone());
    app.store.read(ctx, move |tx| actions::may_prove(tx, &vault, id, mandate).map(drop)).await?;
    let kept = enclosures::pages::keep_sealed(&app, &sent).await?;
    let (name, vault) = (sent.file_name.clone(), app.vault.clone());
    app.store.write(sent.ctx, move |tx| actions::prove(tx, &vault, id, mandate, (&name, &kept))).await?;
    redirect_saying(&format!("/assemblies/decisions/{id}/mandates"), "材料已上传，摘要已记入日志")
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Why {
    reason: String,
}

/// 撤下 — a paper that was put beside the wrong registration.
async fn take_back(
    State(app): State<App>,
    Path((id, mandate, file)): Path<(DecisionId, MandateId, AttachmentId)>,
    posted: Posted<Why>,
) -> PageResult {
    let (vault, back) = (app.vault.clone(), format!("/assemblies/decisions/{id}/mandates"));
    let done = app.store.write(posted.ctx, move |tx| {
        actions::take_back(tx, &vault, id, (mandate, file), &posted.form.reason)
    });
    match done.await {
        // Said on the page the button stands on.
        Err(Problem::Invalid(errors)) => {
            let message = errors.into_iter().map(|it| it.message).collect::<Vec<_>>().join("；");
            let refused = Problem::Refused { code: "assemblies.mandate_paper", message };
            web::refused_back(Err(refused.into()), &back)
        }
        Err(problem) => web::refused_back(Err(problem.into()), &back),
        Ok(()) => redirect_saying(&back, "材料已撤下，理由已记入日志"),
    }
}

async fn paper(
    State(app): State<App>,
    caller: Caller,
    Path((id, mandate, file)): Path<(DecisionId, MandateId, AttachmentId)>,
) -> PageResult {
    let vault = app.vault.clone();
    let found = app.store.read(caller.ctx, move |tx| queries::paper(tx, &vault, id, mandate, file)).await?;
    web::kept(&app, &found)
}

impl MandatesPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn is_ticked(&self, item: &str) -> bool {
        self.form.items.iter().any(|it| it == item)
    }

    /// The last day: as typed, or the day voting ends.
    fn until(&self) -> &str {
        if self.form.until.is_empty() { &self.view.closes_on } else { &self.form.until }
    }
}
