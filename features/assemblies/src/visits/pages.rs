//! The page of one door, its pictures, and the sheet to sign on.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use files::AttachmentId;
use kernel::{Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Uploaded, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, AttendanceView, UnitView},
    rules::{self, VisitRefusal},
    types::{VisitId, Visiting},
};
use crate::{decisions::DecisionId, voting::rules::WAYS};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/decisions/{id}/visits", get(show).post(visit))
        .route("/decisions/{id}/visits/{visit}/files/{file}", get(picture))
        .route("/decisions/{id}/attendance", get(attendance))
}

#[derive(Template)]
#[template(path = "visits.html")]
struct UnitPage {
    chrome: Chrome,
    view: UnitView,
    words: Vec<(String, String)>,
    form: Visiting,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "attendance.html")]
struct AttendancePage {
    chrome: Chrome,
    view: AttendanceView,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Which {
    unit: String,
    building: String,
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<DecisionId>,
    Query(which): Query<Which>,
) -> PageResult {
    let form = Visiting { unit: which.unit, ..Visiting::default() };
    show_with(&app, caller.chrome("入户登记"), caller.ctx, id, form, vec![]).await
}

async fn show_with(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    id: DecisionId,
    form: Visiting,
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, ctx, unit) = (app.vault.clone(), Ctx { key: None, ..ctx }, form.unit.clone());
    let view = app.store.read(ctx, move |tx| queries::unit(tx, &vault, id, &unit)).await?;
    let more = ["reached", "absent", "undo", "present", "away"];
    let words = WAYS.iter().map(|it| it.0).chain(more).map(|it| (it.to_owned(), rules::label(it))).collect();
    page(&UnitPage { chrome: chrome.with_errors(&errors), view, words, form, errors })
}

async fn visit(State(app): State<App>, Path(id): Path<DecisionId>, sent: Uploaded) -> PageResult {
    let field = |name: &str| sent.field(name).to_owned();
    let form = Visiting { unit: field("unit"), what: field("what"), note: field("note") };
    let (asked, ctx, typed, to) = (sent.asked.clone(), sent.ctx.clone(), form.clone(), form.unit.clone());
    // Whether they may is asked before the bytes are kept: a refusal leaves no file.
    let asking = Ctx { key: None, ..ctx.clone() };
    let told = form.clone();
    if let Err(problem) = app.store.read(asking, move |tx| actions::may_visit(tx, id, &told)).await {
        return match problem {
            Problem::Invalid(errors) => {
                show_with(&app, asked.chrome("入户登记"), ctx, id, typed, errors).await
            }
            other => Err(other.into()),
        };
    }
    let kept = match sent.file.is_empty() {
        true => None,
        false => {
            let looked = files::look(&sent.file).map_err(|it| VisitRefusal::WrongFile(it.to_string()));
            let picture =
                looked.and_then(|it| if it.0.is_picture() { Ok(it) } else { Err(VisitRefusal::NoPicture) });
            match picture {
                Ok((media, bytes)) => Some(web::keep(&app, media, bytes).await?),
                Err(refused) => {
                    let errors = vec![FieldError::new("file", format!("{refused}。这次入户还没有登记"))];
                    return show_with(&app, asked.chrome("入户登记"), ctx, id, typed, errors).await;
                }
            }
        }
    };
    let name = sent.file_name.clone();
    let done = app.store.write(sent.ctx, move |tx| {
        actions::visit(tx, id, &form, kept.as_ref().map(|it| (name.as_str(), it)))
    });
    match done.await {
        Ok(()) => {
            let unit: String = to.bytes().map(|it| format!("%{it:02X}")).collect();
            redirect_saying(&format!("/assemblies/decisions/{id}/visits?unit={unit}"), "已登记")
        }
        Err(Problem::Invalid(errors)) => {
            show_with(&app, asked.chrome("入户登记"), ctx, id, typed, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn picture(
    State(app): State<App>,
    caller: Caller,
    Path((id, visit, file)): Path<(DecisionId, VisitId, AttachmentId)>,
) -> PageResult {
    let found = app.store.read(caller.ctx, move |tx| queries::picture(tx, id, visit, file)).await?;
    web::kept(&app, &found)
}

async fn attendance(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<DecisionId>,
    Query(which): Query<Which>,
) -> PageResult {
    let (chrome, vault) = (caller.chrome("签到表"), app.vault.clone());
    let read = app.store.read(caller.ctx, move |tx| queries::attendance(tx, &vault, id, &which.building));
    page(&AttendancePage { chrome, view: read.await? })
}

impl UnitPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
