//! The look and the few scripts, embedded in the binary and kept by browsers for good under their own digest.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};

/// `/assets/<digest>/<name>`; an old page's digest still finds today's file.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{digest}/{name}", get(asset))
}

async fn asset(Path((_, name)): Path<(String, String)>) -> Response {
    match ui::asset(&name) {
        Some((kind, bytes)) => {
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
