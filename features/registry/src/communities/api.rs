//! The same verbs for programs.

use app::App;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use web::{ApiResult, Caller, PostedJson};

use super::{
    actions,
    pages::ListQuery,
    queries::{self, CommunityList, CommunityView},
    types::{CommunityForm, CommunityId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(list).post(create)).route("/{id}", get(show).put(edit))
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> ApiResult<CommunityList> {
    let filter = query.filter();
    Ok(Json(app.store.read(caller.ctx, move |tx| queries::list(tx, &filter, queries::PAGE)).await?))
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CommunityId>,
) -> ApiResult<CommunityView> {
    Ok(Json(app.store.read(caller.ctx, move |tx| queries::community(tx, id)).await?))
}

async fn create(State(app): State<App>, posted: PostedJson<CommunityForm>) -> ApiResult<CommunityView> {
    let ctx = posted.ctx.clone();
    let id = app.store.write(posted.ctx, move |tx| actions::create(tx, &posted.form)).await?;
    Ok(Json(app.store.read(ctx, move |tx| queries::community(tx, id)).await?))
}

async fn edit(
    State(app): State<App>,
    Path(id): Path<CommunityId>,
    posted: PostedJson<CommunityForm>,
) -> ApiResult<CommunityView> {
    let ctx = posted.ctx.clone();
    app.store.write(posted.ctx, move |tx| actions::edit(tx, id, &posted.form)).await?;
    Ok(Json(app.store.read(ctx, move |tx| queries::community(tx, id)).await?))
}
