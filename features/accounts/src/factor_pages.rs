//! The pages of the second factor: the code after the password, and one's own generator begun, confirmed, ended.

use app::App;
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use kernel::{Problem, UserId};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, PostedFresh, Visitor, page, redirect, redirect_saying};

use crate::{
    actions, entering, pages,
    queries::{self, FactorView},
    second_factor,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in/code", get(code_page).post(code))
        .route("/me/second-factor", get(factor).post(confirm))
        .route("/me/second-factor/begin", post(begin))
        .route("/me/second-factor/remove", post(remove))
        .route("/me/second-factor/code.svg", get(picture))
        .route("/users/{id}/reset-factor", post(reset))
}

/// The cookie of half a sign-in.
const HALF: &str = "jiayuan_half";
const HALF_SECONDS: i64 = 300;

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct CodePage {
    chrome: Chrome,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct FactorPage {
    chrome: Chrome,
    view: FactorView,
    refused: Option<String>,
}

/// Goes on to the page that asks for the code.
pub(crate) fn ask_for_code(token: &str) -> Response {
    let mut response = axum::response::Redirect::to("/accounts/sign-in/code").into_response();
    if let Some(cookie) = web::set(HALF, token, HALF_SECONDS) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn code_page(visitor: Visitor) -> PageResult {
    page(&CodePage { chrome: visitor.chrome("输入验证码"), refused: None })
}

#[derive(Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

async fn code(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    Form(form): Form<Code>,
) -> PageResult {
    let token = web::cookie(&headers, HALF).unwrap_or_default();
    let opened = match entering::finish_half(&app, token, &form.code).await {
        Ok(person) => entering::open_session(&app, person, pages::device(&headers)).await,
        Err(problem) => Err(problem),
    };
    match opened {
        Ok(token) => Ok(pages::signed_in(&token, None)),
        Err(problem) if actions::is_refusal(&problem) => page(&CodePage {
            chrome: visitor.chrome("错误：输入验证码"),
            refused: Some(problem.to_string()),
        }),
        Err(problem) => Err(problem.into()),
    }
}

async fn factor(State(app): State<App>, caller: Caller) -> PageResult {
    show_factor(&app, caller.chrome("两步验证"), caller.ctx, None).await
}

async fn show_factor(app: &App, chrome: Chrome, ctx: kernel::Ctx, refused: Option<String>) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(ctx, move |tx| queries::my_factor(tx, &vault)).await?;
    page(&FactorPage { chrome, view, refused })
}

#[derive(Deserialize)]
struct Nothing {}

async fn begin(State(app): State<App>, posted: PostedFresh<Nothing>) -> PageResult {
    let random = app::random_hex(20).map_err(Problem::Broken)?;
    let secret = second_factor::from_random(&random)
        .ok_or_else(|| Problem::Broken(anyhow::anyhow!("no secret was made")))?;
    let sealed = app.vault.seal(&secret).map_err(Problem::Broken)?;
    app.store.write(posted.ctx, move |tx| entering::begin_factor(tx, &sealed.0)).await?;
    redirect("/accounts/me/second-factor")
}

async fn confirm(State(app): State<App>, posted: Posted<Code>) -> PageResult {
    let (chrome, ctx, vault) = (posted.asked.chrome("错误：两步验证"), posted.ctx.clone(), app.vault.clone());
    match app.store.write(posted.ctx, move |tx| entering::confirm_factor(tx, &vault, &posted.form.code)).await
    {
        Ok(()) => redirect_saying("/accounts/me", "两步验证已启用，下次登录时会要求输入验证码"),
        Err(problem) if actions::is_refusal(&problem) => {
            show_factor(&app, chrome, ctx, Some(problem.to_string())).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn remove(State(app): State<App>, posted: PostedFresh<Nothing>) -> PageResult {
    app.store.write(posted.ctx, entering::remove_factor).await?;
    redirect_saying("/accounts/me", "两步验证已停用")
}

/// The secret as a picture, while it is not confirmed yet; afterwards nobody sees it again.
async fn picture(State(app): State<App>, caller: Caller) -> PageResult {
    let vault = app.vault.clone();
    let view = app.store.read(caller.ctx, move |tx| queries::my_factor(tx, &vault)).await?;
    let FactorView::Begun { address, .. } = view else { return Err(Problem::NotFound.into()) };
    let code = QrCode::with_error_correction_level(&address, EcLevel::M)
        .map_err(|it| Problem::Broken(anyhow::anyhow!("no code was drawn: {it}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], drawn).into_response())
}

async fn reset(State(app): State<App>, Path(id): Path<UserId>, posted: PostedFresh<Nothing>) -> PageResult {
    app.store.write(posted.ctx, move |tx| entering::reset_factor(tx, id)).await?;
    redirect_saying(&format!("/accounts/users/{id}"), "两步验证已重置，本人须重新登录并重新启用")
}
