//! One [`Problem`], two voices: a page for people, JSON for programs. And what stands around every page.

use app::{App, HatChoice, Https, MenuItem};
use askama::Template;
use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{FieldError, Problem};
use serde_json::json;

use crate::cookies::{FLASH, clear, set};

pub type PageResult = Result<Response, PageProblem>;
pub type ApiResult<T> = Result<Json<T>, ApiProblem>;

pub struct PageProblem(Problem);
pub struct ApiProblem(Problem);

/// What stands around every page: the head, the menu, the hat worn, and what every form must carry.
#[derive(Debug, Clone)]
pub struct Chrome {
    pub title: String,
    pub name: Option<String>,
    pub hat: String,
    pub hats: Vec<HatChoice>,
    pub menu: Vec<MenuItem>,
    /// The menu item this page lies under.
    pub here: &'static str,
    pub banner: Option<String>,
    pub flash: Option<String>,
    /// The sentence for this page says what was refused.
    pub refused: Option<String>,
    /// Messages nobody has read, as a number on the way to them.
    pub unread: String,
    /// 长辈版: everything larger.
    pub large: bool,
    /// An owner, of any age, is offered it on every page.
    pub is_owner: bool,
    /// Where this page can be asked for again, to change the size of its letters.
    pub again: Option<String>,
    pub form_token: String,
    pub key: String,
}

impl Chrome {
    /// The embedded assets' digest, so that a new binary's look is fetched at once.
    #[must_use]
    pub fn digest(&self) -> &'static str {
        ui::digest()
    }

    /// The chrome of a form that came back with errors: the title says so first.
    #[must_use]
    pub fn with_errors(mut self, errors: &[FieldError]) -> Self {
        if !errors.is_empty() {
            self.title = format!("错误：{}", self.title);
        }
        self
    }
}

/// # Errors
/// When the template fails, which its sample test would have caught.
pub fn page(template: &impl Template) -> PageResult {
    let html = template.render().map_err(|it| Problem::Broken(anyhow::Error::msg(it.to_string())))?;
    let mut response = Html(html).into_response();
    // The sentence for this page has been shown.
    if let Some(cleared) = clear(FLASH) {
        response.headers_mut().append(header::SET_COOKIE, cleared);
    }
    Ok(response)
}

/// # Errors
/// Never; it is a `PageResult` so that it can end a handler.
pub fn redirect(to: &str) -> PageResult {
    Ok(Redirect::to(to).into_response())
}

/// Goes on to a page, which will say `sentence` once.
///
/// # Errors
/// Never; it is a `PageResult` so that it can end a handler.
pub fn redirect_saying(to: &str, sentence: &str) -> PageResult {
    let mut response = Redirect::to(to).into_response();
    let encoded: String = sentence.bytes().map(|it| format!("%{it:02X}")).collect();
    if let Some(flash) = set(FLASH, &encoded, 60) {
        response.headers_mut().append(header::SET_COOKIE, flash);
    }
    Ok(response)
}

/// Begins a sentence that says no.
pub(crate) const NO: char = '!';

/// The same for what is not well: it was done, and somebody has to see to it.
///
/// # Errors
/// None; the result fits a handler.
pub fn redirect_warning(to: &str, sentence: &str) -> PageResult {
    redirect_saying(to, &format!("{NO}{sentence}"))
}

/// What was refused is said on the page it was asked from, where it can be asked again at once: for forms that carry nothing
/// typed but a file, which no page can give back. Anything else goes on as it was.
///
/// # Errors
/// Whatever is no refusal.
pub fn refused_back(done: PageResult, to: &str) -> PageResult {
    match done {
        Err(PageProblem(Problem::Refused { message, .. })) => redirect_warning(to, &message),
        Err(PageProblem(Problem::Invalid(errors))) => {
            let messages: Vec<String> = errors.into_iter().map(|it| it.message).collect();
            redirect_warning(to, &messages.join("；"))
        }
        other => other,
    }
}

/// What a form that is saved while it is being filled in is told.
#[derive(Debug, serde::Serialize)]
pub struct Drafted {
    said: &'static str,
    /// The version the record has now.
    version: i64,
}

/// # Errors
/// Never; it is an `ApiResult` so that it can end a handler.
pub fn drafted(version_before: Option<&str>) -> ApiResult<Drafted> {
    let before: i64 = version_before.and_then(|it| it.trim().parse().ok()).unwrap_or_default();
    Ok(Json(Drafted { said: "已自动保存", version: before + 1 }))
}

/// A file somebody handed in: a picture is shown, anything else is saved; nothing in it can run.
#[must_use]
fn attachment(it: &files::Attachment, bytes: Vec<u8>) -> Response {
    let mut response = download(it.media.mime(), &it.name, bytes);
    let headers = response.headers_mut();
    if it.media.is_picture() {
        headers.remove(header::CONTENT_DISPOSITION);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=600"));
    response
}

/// A file for the reader to keep. `name` may be Chinese.
#[must_use]
pub fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let encoded: String = name.bytes().map(|it| format!("%{it:02X}")).collect();
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

impl<P: Into<Problem>> From<P> for PageProblem {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

impl<P: Into<Problem>> From<P> for ApiProblem {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

/// What a problem page says; the guard puts it into the chrome of whoever asked.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    title: &'static str,
    message: String,
    details: Vec<String>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    chrome: Chrome,
    told: Told,
}

impl Told {
    /// What an address that nothing answers to says.
    pub(crate) fn missing() -> Self {
        Self { title: "没有找到", message: Problem::NotFound.to_string(), details: vec![] }
    }

    /// What an address says that only takes forms, when somebody opens or reloads it.
    pub(crate) fn only_forms() -> Self {
        let message = "这个地址只用于提交表单，不能直接打开。请点浏览器的“返回”，或从菜单重新进入".to_owned();
        Self { title: "请从页面进入", message, details: vec![] }
    }

    pub(crate) fn title(&self) -> &'static str {
        self.title
    }

    /// The page, with the menu, the hats and the way out still around it.
    pub(crate) fn page(self, chrome: Chrome) -> String {
        let title = self.title;
        ProblemPage { chrome, told: self }.render().unwrap_or_else(|_| title.to_owned())
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        let problem = self.0;
        if matches!(problem, Problem::SignIn) {
            return Redirect::to("/accounts/sign-in").into_response();
        }
        if let Problem::Refused { code: crate::forms::SIGNED_OUT, message } = &problem {
            return redirect_warning("/accounts/sign-in", message).unwrap_or_else(|it| it.into_response());
        }
        if let Problem::AlreadyDone { url } = &problem {
            return redirect_saying(url, &problem.to_string()).unwrap_or_else(|it| it.into_response());
        }
        note(&problem);
        let title = match &problem {
            Problem::Denied(it) if it.why == kernel::Why::NotThisVerb => "没有权限",
            Problem::NotFound | Problem::Denied(_) => "没有找到",
            Problem::Busy(_) => "暂时无法保存",
            Problem::Broken(_) => "系统出错",
            _ => "没有办成",
        };
        let details = match &problem {
            Problem::Invalid(errors) => errors.iter().map(|it| it.message.clone()).collect(),
            _ => vec![],
        };
        let told = Told { title, message: sentence(&problem), details };
        let mut response = with_retry(&problem, status(&problem).into_response());
        response.extensions_mut().insert(told);
        response
    }
}

impl IntoResponse for ApiProblem {
    /// RFC 9457, with the machine name in `code` and the fields to correct in `errors`.
    fn into_response(self) -> Response {
        let problem = self.0;
        note(&problem);
        let code = if is_missing(&problem) { "not_found" } else { problem.code() };
        let mut body = json!({ "type": "about:blank", "title": sentence(&problem), "status": status(&problem).as_u16(), "code": code });
        match &problem {
            Problem::Invalid(errors) => body["errors"] = json!(errors),
            Problem::AlreadyDone { url } => body["url"] = json!(url),
            _ => {}
        }
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        with_retry(&problem, (status(&problem), kind, body.to_string()).into_response())
    }
}

/// What a program is told, by the end of the code, that has not proven who it is.
const UNPROVEN: [&str; 3] = [".wrong_key", ".wrong_signature", ".stale_message"];

/// Out of scope is answered word for word like a missing id.
fn is_missing(problem: &Problem) -> bool {
    match problem {
        Problem::NotFound => true,
        Problem::Denied(denied) => denied.why == kernel::Why::OutOfScope,
        _ => false,
    }
}

fn sentence(problem: &Problem) -> String {
    match problem {
        it if is_missing(it) => Problem::NotFound.to_string(),
        Problem::Denied(_) => "您当前的身份不能办理这件事。如有兼任职务，请切换身份后再试".to_owned(),
        it => it.to_string(),
    }
}

fn status(problem: &Problem) -> StatusCode {
    match problem {
        it if is_missing(it) => StatusCode::NOT_FOUND,
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::SignIn => StatusCode::UNAUTHORIZED,
        Problem::Denied(_) => StatusCode::FORBIDDEN,
        Problem::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::Refused { code: "web.content_type", .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Problem::Refused { code: "web.json", .. } => StatusCode::BAD_REQUEST,
        Problem::Refused { code: "web.too_large", .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::Refused { code, .. } if UNPROVEN.iter().any(|it| code.ends_with(it)) => {
            StatusCode::UNAUTHORIZED
        }
        Problem::Refused { .. } | Problem::Conflict => StatusCode::CONFLICT,
        Problem::AlreadyDone { .. } => StatusCode::OK,
        Problem::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
        Problem::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn with_retry(problem: &Problem, mut response: Response) -> Response {
    if matches!(problem, Problem::Busy(_)) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// Causes are for the log, never for the page.
fn note(problem: &Problem) {
    match problem {
        Problem::Broken(cause) => tracing::error!(cause = format!("{cause:#}"), "A request broke"),
        Problem::Busy(cause) => {
            tracing::warn!(cause = format!("{cause:#}"), "The store could not take a request")
        }
        _ => {}
    }
}

/// Puts an attachment's bytes down, beside the threads that answer requests: the disk takes its time.
///
/// # Errors
/// When the disk refuses.
pub async fn keep(app: &App, media: files::Media, bytes: Vec<u8>) -> Result<files::Kept, Problem> {
    let files = app.files.clone();
    aside(move || files.keep(media, &bytes)).await
}

/// The same, sealed: whoever has the folder alone sees nothing.
///
/// # Errors
/// When they cannot be sealed, or the disk refuses.
pub async fn keep_sealed(app: &App, media: files::Media, bytes: Vec<u8>) -> Result<files::Kept, Problem> {
    let (files, vault) = (app.files.clone(), app.vault.clone());
    aside(move || files.keep_sealed(media, &bytes, |it| vault.seal_bytes(it))).await
}

async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|it| Problem::Broken(it.into()))?.map_err(Problem::Busy)
}

/// A kept attachment with its bytes, for whoever the room has let in.
///
/// # Errors
/// When its bytes are not where they were kept.
pub fn kept(app: &App, it: &files::Attachment) -> PageResult {
    let bytes = app.files.content(it, |sealed| app.vault.open_bytes(sealed)).map_err(Problem::Broken)?;
    Ok(attachment(it, bytes))
}

/// An address of ours as the reader reached us, for codes that are scanned.
#[must_use]
pub fn address(app: &App, headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or("localhost");
    let scheme = if app.https == Https::No { "http" } else { "https" };
    format!("{scheme}://{host}{path}")
}
