//! The room's pages. Thin: read the form, call the verb, show the page.

use app::{App, Mode};
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use kernel::{FieldError, Problem, Role, UserId};
use serde::Deserialize;
use web::{
    Caller, Chrome, PageResult, Posted, PostedFresh, SESSION, Visitor, error_of, page, redirect,
    redirect_saying,
};

use crate::{
    actions, entering, factor_pages, labels,
    queries::{self, SessionView, UserView},
    types::{ChoosePassword, Entered, GrantId, NewGrant, NewUser, SignIn},
};

pub(crate) fn routes(app: &App) -> Router<App> {
    let routes = Router::new()
        .route("/sign-in", get(sign_in_page).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/hat", post(wear))
        .route("/me", get(me))
        .route("/me/end-session", post(end_session))
        .route("/code", get(code_page).post(choose_password))
        .route("/users", get(users).post(create_user))
        .route("/users/{id}", get(user))
        .route("/users/{id}/grant", post(grant))
        .route("/users/{id}/revoke", post(revoke))
        .route("/users/{id}/disable", post(disable))
        .route("/users/{id}/code", post(issue_code));
    // One-click log-in exists only in a demonstration; elsewhere there is no such route.
    if app.mode == Mode::Demo { routes.route("/demo", post(demo)) } else { routes }
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    chrome: Chrome,
    sign_in_name: String,
    refused: Option<String>,
    people: Vec<UserView>,
}

#[derive(Template)]
#[template(path = "me.html")]
struct MePage {
    chrome: Chrome,
    sessions: Vec<SessionView>,
    has_factor: bool,
    /// Owners come in by phone and have no password to guard.
    by_phone: bool,
}

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage {
    chrome: Chrome,
    form: ChoosePassword,
    errors: Vec<FieldError>,
    refused: Option<String>,
    /// One of the first two offices is still to be taken: its account is made with the code.
    first: bool,
}

#[derive(Template)]
#[template(path = "users.html")]
struct UsersPage {
    chrome: Chrome,
    users: Vec<UserView>,
    form: NewUser,
    errors: Vec<FieldError>,
    can_create: bool,
}

#[derive(Template)]
#[template(path = "user.html")]
struct UserPage {
    chrome: Chrome,
    user: UserView,
    form: NewGrant,
    errors: Vec<FieldError>,
    roles: Vec<(String, String)>,
    places: Vec<(String, String)>,
    can_grant: bool,
    can_manage: bool,
    code: Option<String>,
}

async fn sign_in_page(State(app): State<App>, visitor: Visitor) -> PageResult {
    show_sign_in(&app, visitor, String::new(), None).await
}

async fn show_sign_in(
    app: &App,
    visitor: Visitor,
    sign_in_name: String,
    refused: Option<String>,
) -> PageResult {
    let chrome = visitor.chrome("登录");
    let people = match app.mode {
        Mode::Demo => app.store.read(visitor.ctx, queries::demo_people).await?,
        Mode::Real => vec![],
    };
    page(&SignInPage { chrome, sign_in_name, refused, people })
}

async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    Form(form): Form<SignIn>,
) -> PageResult {
    let known = web::cookie(&headers, DEVICE).is_some_and(|it| it == device_mark(&app, &form.sign_in_name));
    let opened = match entering::sign_in(&app, &form, known).await {
        Ok(Entered::Whole(person)) => entering::open_session(&app, person, device(&headers)).await,
        Ok(Entered::Half(person)) => {
            let token = entering::begin_half(&app, person).await?;
            return Ok(factor_pages::ask_for_code(&token));
        }
        Err(problem) => Err(problem),
    };
    match opened {
        Ok(token) => Ok(signed_in(&token, Some(&device_mark(&app, &form.sign_in_name)))),
        Err(problem) if actions::is_refusal(&problem) => {
            show_sign_in(&app, visitor, form.sign_in_name, Some(problem.to_string())).await
        }
        Err(problem) => Err(problem.into()),
    }
}

/// A device that has signed in before counts its failures apart from strangers' guesses.
const DEVICE: &str = "jiayuan_known";
const DEVICE_SECONDS: i64 = 180 * 24 * 3600;
const SESSION_SECONDS: i64 = 12 * 3600;

fn device_mark(app: &App, sign_in_name: &str) -> String {
    app.vault.look_up(&format!("device {}", sign_in_name.trim().to_lowercase()))
}

/// What the browser calls itself.
#[must_use]
pub fn device(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or("未知设备")
}

pub(crate) fn signed_in(token: &str, device: Option<&str>) -> Response {
    let mut response = axum::response::Redirect::to("/").into_response();
    let session = web::set(SESSION, token, SESSION_SECONDS);
    let device = device.and_then(|it| web::set(DEVICE, it, DEVICE_SECONDS));
    for cookie in [session, device].into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Takes an owner in, and on to `to`; their phone stays signed in.
#[must_use]
pub fn signed_in_as_owner(token: &str, to: &str) -> Response {
    let mut response = axum::response::Redirect::to(to).into_response();
    if let Some(cookie) = web::set(SESSION, token, 30 * 24 * 3600) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[derive(Deserialize)]
struct DemoForm {
    person: UserId,
}

async fn demo(State(app): State<App>, headers: HeaderMap, Form(form): Form<DemoForm>) -> PageResult {
    let token = entering::open_session(&app, form.person, device(&headers)).await?;
    Ok(signed_in(&token, None))
}

#[derive(Deserialize)]
struct Nothing {}

async fn sign_out(State(app): State<App>, posted: Posted<Nothing>) -> PageResult {
    let digest = posted.asked.session.map(|it| it.digest).unwrap_or_default();
    app.store.write(posted.ctx, move |tx| actions::sign_out(tx, &digest)).await?;
    let mut response = redirect_saying("/accounts/sign-in", "已退出")?;
    if let Some(cleared) = web::clear(SESSION) {
        response.headers_mut().append(header::SET_COOKIE, cleared);
    }
    Ok(response)
}

#[derive(Deserialize)]
struct HatForm {
    grant: GrantId,
}

async fn wear(State(app): State<App>, posted: Posted<HatForm>) -> PageResult {
    let (digest, grant) = (posted.asked.session.map(|it| it.digest).unwrap_or_default(), posted.form.grant);
    app.store.write(posted.ctx, move |tx| actions::wear(tx, &digest, grant)).await?;
    redirect_saying("/", "已切换身份")
}

async fn me(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome("我的账号");
    let digest = caller.asked.session.map(|it| it.digest).unwrap_or_default();
    let (person, by_phone) = (caller.ctx.actor.user, caller.ctx.actor.is(Role::Owner));
    let seen = app.store.read(caller.ctx, move |tx| {
        Ok((queries::my_sessions(tx, &digest)?, crate::sessions::has_factor(tx, person)?))
    });
    let (sessions, has_factor) = seen.await?;
    page(&MePage { chrome, sessions, has_factor, by_phone })
}

#[derive(Deserialize)]
struct SessionForm {
    digest: String,
}

async fn end_session(State(app): State<App>, posted: Posted<SessionForm>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::end_session(tx, &posted.form.digest)).await?;
    redirect_saying("/accounts/me", "已结束该设备上的登录")
}

async fn code_page(State(app): State<App>, visitor: Visitor) -> PageResult {
    let chrome = visitor.chrome("设置密码");
    show_code(&app, chrome, visitor.ctx, ChoosePassword::default(), vec![], None).await
}

async fn show_code(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    form: ChoosePassword,
    errors: Vec<FieldError>,
    refused: Option<String>,
) -> PageResult {
    let first = app.store.read(ctx, queries::has_free_first_office).await?;
    page(&CodePage { chrome: chrome.with_errors(&errors), form, errors, refused, first })
}

async fn choose_password(
    State(app): State<App>,
    visitor: Visitor,
    Form(form): Form<ChoosePassword>,
) -> PageResult {
    let (chrome, shown, ctx) = (visitor.chrome("设置密码"), form.clone(), visitor.ctx.clone());
    match actions::choose_password(&app, form, visitor.ctx).await {
        Ok(()) => redirect_saying("/accounts/sign-in", "密码已设置，请登录"),
        Err(Problem::Invalid(errors)) => show_code(&app, chrome, ctx, shown, errors, None).await,
        Err(problem) if actions::is_refusal(&problem) => {
            show_code(&app, chrome, ctx, shown, vec![], Some(problem.to_string())).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: String,
}

async fn users(State(app): State<App>, caller: Caller, Query(query): Query<After>) -> PageResult {
    show_users(&app, caller.chrome("账号与授权"), caller.ctx, query.after, NewUser::default(), vec![]).await
}

async fn show_users(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    after: String,
    form: NewUser,
    errors: Vec<FieldError>,
) -> PageResult {
    let can_create = crate::policy::may_create_user(&ctx.actor).is_ok();
    let users = app.store.read(ctx, move |tx| queries::users(tx, &after)).await?;
    page(&UsersPage { chrome: chrome.with_errors(&errors), users, form, errors, can_create })
}

async fn create_user(State(app): State<App>, posted: Posted<NewUser>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("账号与授权"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::create_user(tx, &posted.form)).await {
        Ok(id) => redirect_saying(
            &format!("/accounts/users/{id}"),
            "账号已建立。请由安全管理员授予职务，再发一次性代码给本人",
        ),
        Err(Problem::Invalid(errors)) => show_users(&app, chrome, ctx, String::new(), form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn user(State(app): State<App>, caller: Caller, Path(id): Path<UserId>) -> PageResult {
    show_user(&app, caller.chrome("账号"), caller.ctx, id, NewGrant::default(), vec![], None).await
}

async fn show_user(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: UserId,
    form: NewGrant,
    errors: Vec<FieldError>,
    code: Option<String>,
) -> PageResult {
    let can_grant = crate::policy::may_grant(&ctx.actor, id).is_ok();
    let can_manage = crate::policy::may_disable(&ctx.actor).is_ok();
    let places = app.places;
    let (user, places) = app.store.read(ctx, move |tx| Ok((queries::user(tx, id)?, places(tx)?))).await?;
    let grantable = Role::ALL.into_iter().filter(|it| !matches!(it, Role::Job | Role::Public));
    let roles = grantable.map(|it| (it.code().to_owned(), labels::role(it).to_owned())).collect();
    page(&UserPage {
        chrome: chrome.with_errors(&errors),
        user,
        form,
        errors,
        roles,
        places,
        can_grant,
        can_manage,
        code,
    })
}

impl UserPage {
    /// What a post is really for, by the names places have now.
    fn scope_of(&self, code: &str) -> &str {
        self.places.iter().find(|it| it.0 == code).map_or("全部", |it| it.1.as_str())
    }
}

async fn grant(State(app): State<App>, Path(id): Path<UserId>, posted: PostedFresh<NewGrant>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("账号"), posted.ctx.clone(), posted.form.clone());
    let places = app.places;
    let granted = app.store.write(posted.ctx, move |tx| {
        let known = places(tx)?.into_iter().any(|(code, _)| code == posted.form.scope);
        actions::grant(tx, id, &posted.form, known)
    });
    match granted.await {
        Ok(()) => redirect_saying(&format!("/accounts/users/{id}"), "职务已授予"),
        Err(Problem::Invalid(errors)) => show_user(&app, chrome, ctx, id, form, errors, None).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn revoke(State(app): State<App>, Path(id): Path<UserId>, posted: PostedFresh<HatForm>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::revoke(tx, id, posted.form.grant)).await?;
    redirect_saying(&format!("/accounts/users/{id}"), "职务已收回，立即生效")
}

async fn disable(State(app): State<App>, Path(id): Path<UserId>, posted: PostedFresh<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::disable(tx, id)).await?;
    redirect(&format!("/accounts/users/{id}"))
}

async fn issue_code(
    State(app): State<App>,
    Path(id): Path<UserId>,
    posted: PostedFresh<Nothing>,
) -> PageResult {
    let code = app::random_hex(10).map_err(Problem::Broken)?;
    let (digest, chrome, ctx) = (app.vault.look_up(&code), posted.asked.chrome("账号"), posted.ctx.clone());
    app.store.write(posted.ctx, move |tx| actions::issue_code(tx, id, &digest)).await?;
    show_user(&app, chrome, ctx, id, NewGrant::default(), vec![], Some(code)).await
}

macro_rules! shows_errors {
    ($($page:ty),*) => { $(impl $page {
        fn error(&self, field: &str) -> Option<&str> {
            error_of(&self.errors, field)
        }
    })* };
}
shows_errors!(CodePage, UsersPage, UserPage);
