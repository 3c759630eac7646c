//! What surrounds every answer: security headers, and a panic that stays one request's own.

use app::{App, Https};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use kernel::Problem;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    caller::Asked,
    forms::LARGEST_UPLOAD,
    meters::{self, Meters},
    reply::{ApiProblem, Told},
};

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "geolocation=(self), camera=(self), microphone=()"),
];

/// Wraps the finished routes.
pub fn guarded(routes: Router, app: &App) -> Router {
    let meters = Meters::new();
    let told = get(meters::told).with_state((app.clone(), meters.clone()));
    routes
        .route("/metrics", told)
        .layer(from_fn_with_state(app.clone(), with_chrome))
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(CatchPanicLayer::custom(|_| broken()))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.https, with_headers))
        .layer(from_fn_with_state(meters, meters::measured))
}

/// A problem is told on a page like any other: with the menu, the hats and the way out.
async fn with_chrome(State(app): State<App>, request: Request, next: Next) -> Response {
    let (headers, path) = (request.headers().clone(), request.uri().path().to_owned());
    let asked_for_page = request.method() == axum::http::Method::GET;
    let mut response = next.run(request).await;
    let is_text = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"text/plain"));
    // An address whose id cannot be read is answered by the framework in its own words.
    let unreadable = response.status() == StatusCode::BAD_REQUEST && is_text;
    // Reloading the answer to a form asks for an address that only takes forms.
    let reloaded = asked_for_page && response.status() == StatusCode::METHOD_NOT_ALLOWED;
    let told = response.extensions_mut().remove::<Told>();
    let told = told.or_else(|| unreadable.then(Told::missing)).or_else(|| reloaded.then(Told::only_forms));
    let Some(told) = told else { return response };
    // A program is told in its own way what is not there.
    if path.starts_with("/api/") && (unreadable || response.status() == StatusCode::NOT_FOUND) {
        return ApiProblem::from(Problem::NotFound).into_response();
    }
    let title = told.title();
    let html = match Asked::read(&app, &headers, path).await {
        Ok(asked) => told.page(asked.chrome(title)),
        Err(_) => format!("<!doctype html><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1>"),
    };
    let status = if unreadable { StatusCode::NOT_FOUND } else { response.status() };
    let retry = response.headers().get(header::RETRY_AFTER).cloned();
    let mut page = (status, Html(html)).into_response();
    if let Some(retry) = retry {
        page.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    page
}

async fn with_headers(State(https): State<Https>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https != Https::No {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
        let marked: Vec<HeaderValue> =
            headers.get_all(header::SET_COOKIE).iter().filter_map(secured).collect();
        headers.remove(header::SET_COOKIE);
        marked.into_iter().for_each(|it| {
            headers.append(header::SET_COOKIE, it);
        });
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn secured(cookie: &HeaderValue) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{}; Secure", cookie.to_str().ok()?)).ok()
}

fn broken() -> Response {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        Html("<!doctype html><meta charset=\"utf-8\"><title>系统出错</title><h1>系统出错，请稍后再试</h1>"),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_every_cookie_is_marked_so() {
        let cookie = crate::cookies::set("a", "b", 60).unwrap();
        assert_eq!(secured(&cookie).unwrap(), "a=b; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    }
}
