//! The pages of applications. Thin: read the form, call the verb, show the page.

use app::{App, Vault};
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions, labels,
    queries::{self, ApplicationView},
    types::{ApplicationId, Decision, Fields, Part},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/applications/{id}", get(show))
        .route("/applications/{id}/print", get(print))
        .route("/applications/{id}/annex-3.docx", get(annex_3))
        .route("/applications/{id}/parts/{part}", get(part).post(save))
        .route("/applications/{id}/parts/{part}/draft", post(super::drafts::draft))
        .route("/applications/{id}/submit", post(submit))
        .route("/applications/{id}/review", post(review))
        .route("/applications/{id}/accept", post(accept))
        .route("/applications/{id}/send-back", post(send_back))
        .route("/applications/{id}/paper", post(paper))
        .route("/applications/{id}/recommend", post(recommend))
        .route("/applications/{id}/withdraw", post(withdraw))
}

#[derive(Template)]
#[template(path = "application.html")]
struct ShowPage {
    chrome: Chrome,
    view: ApplicationView,
    decision: Decision,
    reason: String,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "annex_3.html")]
struct PrintPage {
    chrome: Chrome,
    view: ApplicationView,
}

#[derive(Template)]
#[template(path = "application_part.html")]
struct PartPage {
    chrome: Chrome,
    view: ApplicationView,
    part: &'static str,
    heading: &'static str,
    fields: Fields,
    errors: Vec<FieldError>,
    conflict: bool,
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    let asked = caller.asked;
    show_one(&app, |title| asked.chrome(title), caller.ctx, id, Decision::default(), String::new(), vec![])
        .await
}

async fn show_one(
    app: &App,
    chrome: impl Fn(&str) -> Chrome,
    ctx: kernel::Ctx,
    id: ApplicationId,
    decision: Decision,
    reason: String,
    errors: Vec<FieldError>,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::application(tx, &vault, id)).await?;
    let chrome = chrome(&format!("{}的申报", view.title())).with_errors(&errors);
    page(&ShowPage { chrome, view, decision, reason, errors })
}

async fn print(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    let (chrome, vault) = (caller.chrome("自荐表"), app.vault.clone());
    let view = app.store.read(caller.ctx, move |tx| queries::application(tx, &vault, id)).await?;
    page(&PrintPage { chrome, view })
}

async fn annex_3(State(app): State<App>, caller: Caller, Path(id): Path<ApplicationId>) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.write(caller.ctx, move |tx| actions::take_annex(tx, &vault, id)).await?;
    let paper = super::documents::annex_3(&view).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::DOCX, &format!("{}自荐表.docx", view.title()), paper))
}

async fn part(
    State(app): State<App>,
    caller: Caller,
    Path((id, part)): Path<(ApplicationId, String)>,
) -> PageResult {
    let (part, asked) = (Part::from_code(&part).ok_or(Problem::NotFound)?, caller.asked);
    show_part(&app, asked.chrome(labels::part(part)), caller.ctx, id, part, None, vec![], false).await
}

#[expect(clippy::too_many_arguments, reason = "one page for a part that is fresh, wrong, or late")]
async fn show_part(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: ApplicationId,
    part: Part,
    typed: Option<Fields>,
    errors: Vec<FieldError>,
    conflict: bool,
) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::application(tx, &vault, id)).await?;
    if !view.can_write {
        let writable = view.application.stage.is_writable();
        let said = if writable {
            "您当前的身份只能查看这份申报"
        } else {
            "申报已提交，现在不能修改"
        };
        return redirect_saying(&format!("/campaigns/applications/{id}"), said);
    }
    let fields = typed.unwrap_or_else(|| stored(&view, part));
    page(&PartPage {
        chrome: chrome.with_errors(&errors),
        view,
        part: part.code(),
        heading: labels::part(part),
        fields,
        errors,
        conflict,
    })
}

fn stored(view: &ApplicationView, part: Part) -> Fields {
    let answers = &view.application.answers;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    match part {
        Part::Basics => [
            pair("party_org", &answers.party_org),
            pair("committee", &answers.committee),
            pair("other", &answers.other),
        ]
        .into(),
        Part::Contacts => answers
            .contacts
            .iter()
            .flat_map(|(code, (name, phone))| {
                [pair(&format!("{code}_name"), name), pair(&format!("{code}_phone"), phone)]
            })
            .collect(),
        Part::Practices => answers.practices.clone(),
    }
}

async fn save(
    State(app): State<App>,
    Path((id, part)): Path<(ApplicationId, String)>,
    posted: Posted<Fields>,
) -> PageResult {
    let part = Part::from_code(&part).ok_or(Problem::NotFound)?;
    let (vault, chrome, ctx, typed) =
        (app.vault.clone(), posted.asked.chrome(labels::part(part)), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::save(tx, &vault, id, part, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/applications/{id}"), "已保存"),
        Err(Problem::Invalid(errors)) => {
            show_part(&app, chrome, ctx, id, part, Some(typed), errors, false).await
        }
        Err(Problem::Conflict) => show_part(&app, chrome, ctx, id, part, Some(typed), vec![], true).await,
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

type Verb = fn(&mut ::store::Tx<'_>, &Vault, ApplicationId) -> Result<((), ::store::Recorded), Problem>;

/// A step that asks for nothing but the button.
async fn step(app: App, id: ApplicationId, posted: Posted<Nothing>, verb: Verb, said: &str) -> PageResult {
    let vault = app.vault.clone();
    app.store.write(posted.ctx, move |tx| verb(tx, &vault, id)).await?;
    redirect_saying(&format!("/campaigns/applications/{id}"), said)
}

async fn submit(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<Nothing>,
) -> PageResult {
    let (vault, asked, ctx) = (app.vault.clone(), posted.asked.clone(), posted.ctx.clone());
    match app.store.write(posted.ctx, move |tx| actions::submit(tx, &vault, id)).await {
        Ok(()) => {
            let said = "已提交，等待街道（乡镇）审核。请打印自荐表盖章后报送纸质件";
            redirect_saying(&format!("/campaigns/applications/{id}"), said)
        }
        // What is still open is told where it is filled in.
        Err(problem @ Problem::Refused { .. }) => {
            let errors = vec![FieldError::new("parts", problem.to_string())];
            show_one(&app, |it| asked.chrome(it), ctx, id, Decision::default(), String::new(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn review(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<Nothing>,
) -> PageResult {
    step(app, id, posted, actions::review, "审核通过，已转县区").await
}

async fn accept(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<Nothing>,
) -> PageResult {
    step(app, id, posted, actions::accept, "审核通过").await
}

async fn withdraw(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<Nothing>,
) -> PageResult {
    step(app, id, posted, actions::withdraw, "推荐已撤回，名额已退还").await
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ReasonForm {
    reason: String,
}

async fn send_back(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<ReasonForm>,
) -> PageResult {
    let (vault, asked, ctx, reason) =
        (app.vault.clone(), posted.asked.clone(), posted.ctx.clone(), posted.form.reason.clone());
    match app.store.write(posted.ctx, move |tx| actions::send_back(tx, &vault, id, &posted.form.reason)).await
    {
        Ok(()) => redirect_saying(&format!("/campaigns/applications/{id}"), "已退回，申报单位能看到理由"),
        Err(Problem::Invalid(errors)) => {
            show_one(&app, |it| asked.chrome(it), ctx, id, Decision::default(), reason, errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PaperForm {
    paper_on: String,
}

async fn paper(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<PaperForm>,
) -> PageResult {
    let (vault, asked, ctx) = (app.vault.clone(), posted.asked.clone(), posted.ctx.clone());
    match app
        .store
        .write(posted.ctx, move |tx| actions::receive_paper(tx, &vault, id, &posted.form.paper_on))
        .await
    {
        Ok(()) => redirect_saying(&format!("/campaigns/applications/{id}"), "已登记收到纸质件"),
        Err(Problem::Invalid(errors)) => {
            show_one(&app, |it| asked.chrome(it), ctx, id, Decision::default(), String::new(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn recommend(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<Decision>,
) -> PageResult {
    let (vault, asked, ctx, form) =
        (app.vault.clone(), posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::recommend(tx, &vault, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("/campaigns/applications/{id}"), "已推荐"),
        Err(problem @ Problem::Refused { .. }) => {
            let errors = vec![FieldError::new("decision", problem.to_string())];
            show_one(&app, |it| asked.chrome(it), ctx, id, form, String::new(), errors).await
        }
        Err(Problem::Invalid(errors)) => {
            show_one(&app, |it| asked.chrome(it), ctx, id, form, String::new(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl ShowPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl PartPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn value(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

impl PrintPage {
    fn contact(&self, who: &str) -> String {
        let contact = self.view.application.answers.contacts.get(who);
        let Some((name, phone)) = contact else { return String::new() };
        match self.view.is_own {
            true => format!("{name}　{phone}"),
            false => format!("{}　{}", identifiers::mask_name(name), identifiers::mask_phone(phone)),
        }
    }

    fn practice(&self, code: &str) -> &str {
        self.view.application.answers.practices.get(code).map_or("", String::as_str)
    }
}
