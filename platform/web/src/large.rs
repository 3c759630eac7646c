//! 长辈版 — large letters, kept by the browser: a wish, not a right, so nothing is recorded.

use axum::{
    Router,
    extract::Query,
    http::header,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use crate::cookies::{LARGE, clear, set};

const A_YEAR: i64 = 365 * 24 * 3600;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wish {
    on: String,
    to: String,
}

/// `/large?on=yes&to=/somewhere`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/large", get(wish))
}

async fn wish(Query(wish): Query<Wish>) -> Response {
    let cookie = if wish.on == "yes" { set(LARGE, "yes", A_YEAR) } else { clear(LARGE) };
    let mut response = Redirect::to(within(&wish.to)).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Only ever back to a page of this house.
fn within(to: &str) -> &str {
    let own = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']);
    if own { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_house() {
        assert_eq!(within("/assemblies/vote"), "/assemblies/vote");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "", "evil"] {
            assert_eq!(within(elsewhere), "/", "{elsewhere}");
        }
    }
}
