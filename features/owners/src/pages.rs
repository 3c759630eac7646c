//! The owner's pages: a letter opened, a phone shown, and what is mine. Work on any phone, without JavaScript.

use app::{App, Mode};
use askama::Template;
use axum::{
    Router,
    extract::State,
    http::HeaderMap,
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem, Role};
use web::{Caller, Chrome, PageResult, Sent, Visitor, error_of, page, redirect_saying};

use super::{
    actions, entering,
    queries::{self, OwnHome},
    rules::{self as own, OwnerRefusal},
    types::{BindForm, PhoneForm},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(homes))
        .route("/enter", get(code_page).post(open))
        .route("/bind", post(bind))
        .route("/sign-in", get(phone_page).post(send))
        .route("/sign-in/digits", post(enter))
}

#[derive(Template)]
#[template(path = "homes.html")]
struct HomesPage {
    chrome: Chrome,
    homes: Vec<OwnHome>,
}

#[derive(Template)]
#[template(path = "enter.html")]
struct CodePage {
    chrome: Chrome,
    code: String,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "bind.html")]
struct BindPage {
    chrome: Chrome,
    form: BindForm,
    community: String,
    unit: String,
    /// The owner is signed in: the home is added to their account.
    known: bool,
    errors: Vec<FieldError>,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "phone.html")]
struct PhonePage {
    chrome: Chrome,
    form: PhoneForm,
    sent: bool,
    demo: bool,
    errors: Vec<FieldError>,
    refused: Option<String>,
}

async fn homes(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("我的家");
    let homes = app.store.read(caller.ctx, queries::homes).await?;
    page(&HomesPage { chrome, homes })
}

async fn code_page(visitor: Visitor) -> PageResult {
    page(&CodePage { chrome: visitor.chrome("业主来信"), code: String::new(), refused: None })
}

async fn open(State(app): State<App>, sent: Sent<BindForm>) -> PageResult {
    let chrome = sent.asked.chrome("业主来信");
    let again = |chrome: Chrome, code: String, refused: String| {
        page(&CodePage {
            chrome: Chrome { title: format!("错误：{}", chrome.title), ..chrome },
            code,
            refused: Some(refused),
        })
    };
    if !counted(&app, &sent.ctx, &sent.sender).await? {
        return again(chrome, sent.form.code, OwnerRefusal::TooMany.to_string());
    }
    let known = sent.ctx.actor.is(Role::Owner);
    let shown = show_bind(&app, chrome, sent.ctx, sent.form, known, vec![], None).await?;
    Ok(web::marked_for_long(&app, &sent.asked, shown))
}

/// Tries to open letters, by sender.
async fn counted(app: &App, ctx: &Ctx, sender: &str) -> Result<bool, Problem> {
    let bucket = format!("owner letter by {sender}");
    let counted = app
        .store
        .housekeep(ctx.clone(), move |tx| tx.try_again(&bucket, own::MOST_CODES, 1, "owners.open_letter"));
    counted.await
}

async fn show_bind(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    form: BindForm,
    known: bool,
    errors: Vec<FieldError>,
    refused: Option<String>,
) -> PageResult {
    let (vault, code) = (app.vault.clone(), form.code.clone());
    match app.store.read(ctx, move |tx| queries::letter(tx, &vault, &code)).await {
        Ok((community, unit)) => {
            let chrome = chrome.with_errors(&errors);
            page(&BindPage { chrome, form, community, unit, known, errors, refused })
        }
        Err(problem @ Problem::Refused { .. }) => {
            let refused = Some(problem.to_string());
            page(&CodePage {
                chrome: Chrome { title: format!("错误：{}", chrome.title), ..chrome },
                code: form.code,
                refused,
            })
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn bind(State(app): State<App>, headers: HeaderMap, sent: Sent<BindForm>) -> PageResult {
    let (chrome, ctx, form) = (sent.asked.chrome("业主来信"), sent.ctx.clone(), sent.form.clone());
    if !counted(&app, &ctx, &sent.sender).await? {
        return Err(OwnerRefusal::TooMany.into());
    }
    let known = ctx.actor.is(Role::Owner);
    let (vault, mark) = (app.vault.clone(), sent.asked.device.clone());
    match app.store.write(sent.ctx, move |tx| actions::bind(tx, &vault, &sent.form, mark.as_deref())).await {
        Ok(_) if known => redirect_saying("/owners", "这套房屋已加到您的账号"),
        Ok(person) => {
            let token = accounts::open_session(&app, person, accounts::device(&headers)).await?;
            Ok(accounts::signed_in_as_owner(&token, "/owners"))
        }
        Err(Problem::Invalid(errors)) => show_bind(&app, chrome, ctx, form, known, errors, None).await,
        Err(problem @ Problem::Refused { .. }) => {
            let refused = Some(problem.to_string());
            show_bind(&app, chrome, ctx, form, known, vec![], refused).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn phone_page(State(app): State<App>, visitor: Visitor) -> PageResult {
    show_phone(&app, visitor.chrome("业主登录"), PhoneForm::default(), false, Ok(()))
}

/// The page of the phone: before and after the digits were sent, and with what went wrong.
fn show_phone(
    app: &App,
    chrome: Chrome,
    form: PhoneForm,
    sent: bool,
    done: Result<(), Problem>,
) -> PageResult {
    let (errors, refused) = match done {
        Ok(()) => (vec![], None),
        Err(Problem::Invalid(errors)) => (errors, None),
        Err(problem @ Problem::Refused { .. }) => (vec![], Some(problem.to_string())),
        Err(problem) => return Err(problem.into()),
    };
    let demo = app.mode == Mode::Demo;
    page(&PhonePage { chrome: chrome.with_errors(&errors), form, sent, demo, errors, refused })
}

async fn send(State(app): State<App>, sent: Sent<PhoneForm>) -> PageResult {
    let chrome = sent.asked.chrome("业主登录");
    let done = entering::send_digits(&app, &sent.form, &sent.sender).await;
    let is_sent = done.is_ok();
    show_phone(&app, chrome, PhoneForm { code: String::new(), ..sent.form }, is_sent, done)
}

async fn enter(State(app): State<App>, headers: HeaderMap, sent: Sent<PhoneForm>) -> PageResult {
    match entering::enter(&app, &sent.form).await {
        Ok(person) => {
            let token = accounts::open_session(&app, person, accounts::device(&headers)).await?;
            Ok(accounts::signed_in_as_owner(&token, "/owners"))
        }
        Err(problem) => {
            let chrome = sent.asked.chrome("业主登录");
            // Shut for an hour, nothing more is asked for.
            let shut = matches!(&problem, Problem::Refused { code: "owners.too_many", .. });
            show_phone(&app, chrome, PhoneForm { code: String::new(), ..sent.form }, !shut, Err(problem))
        }
    }
}

impl BindPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl PhonePage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
