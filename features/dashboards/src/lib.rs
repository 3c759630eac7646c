//! 看板 — the first page of every role, the help page, and whether the house is well.

mod pages;

use app::App;
use axum::{Router, routing::get};

/// `/`, `/help`, `/api`, `/api/openapi.json`, `/healthz` and `/readyz`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(pages::home))
        .route("/help", get(pages::help))
        .route("/api", get(pages::api))
        .route("/api/openapi.json", get(pages::openapi))
        .route("/healthz", get(pages::alive))
        .route("/readyz", get(pages::ready))
        .fallback(pages::missing)
}
