//! The same verbs for programs.

use app::App;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use utoipa::OpenApi;
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

/// What programs may ask of communities.
#[derive(OpenApi)]
#[openapi(paths(list, show, create, edit))]
pub(crate) struct Doc;

/// 小区列表：当前身份看得到的小区，一页。
#[utoipa::path(get, path = "/api/v1/registry/communities", tag = "小区", operation_id = "list_communities",
    params(("county" = Option<String>, Query, description = "县区编号"), ("named" = Option<String>, Query, description = "名称含有"), ("after" = Option<String>, Query, description = "上一页给出的 next")),
    responses((status = 200, body = CommunityList), (status = 401, description = "未登录")))]
async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> ApiResult<CommunityList> {
    let filter = query.filter();
    Ok(Json(app.store.read(caller.ctx, move |tx| queries::list(tx, &filter, queries::PAGE)).await?))
}

/// 小区.
#[utoipa::path(get, path = "/api/v1/registry/communities/{id}", tag = "小区", operation_id = "community", params(("id" = String, Path)),
    responses((status = 200, body = CommunityView), (status = 404, description = "没有，或看不到")))]
async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CommunityId>,
) -> ApiResult<CommunityView> {
    Ok(Json(app.store.read(caller.ctx, move |tx| queries::community(tx, id)).await?))
}

/// 新建小区.
#[utoipa::path(post, path = "/api/v1/registry/communities", tag = "小区", operation_id = "create_community", request_body = CommunityForm,
    params(("Idempotency-Key" = String, Header, description = "8至128位的唯一编号，同一编号只办一次")),
    responses((status = 200, body = CommunityView), (status = 403), (status = 422, description = "填写有误，errors 逐项说明")))]
async fn create(State(app): State<App>, posted: PostedJson<CommunityForm>) -> ApiResult<CommunityView> {
    let ctx = posted.ctx.clone();
    let id = app.store.write(posted.ctx, move |tx| actions::create(tx, &posted.form)).await?;
    Ok(Json(app.store.read(ctx, move |tx| queries::community(tx, id)).await?))
}

/// 修改小区.
#[utoipa::path(put, path = "/api/v1/registry/communities/{id}", tag = "小区", operation_id = "edit_community", request_body = CommunityForm,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header, description = "8至128位的唯一编号")),
    responses((status = 200, body = CommunityView), (status = 404), (status = 409, description = "版本已变，或规则不允许"), (status = 422)))]
async fn edit(
    State(app): State<App>,
    Path(id): Path<CommunityId>,
    posted: PostedJson<CommunityForm>,
) -> ApiResult<CommunityView> {
    let ctx = posted.ctx.clone();
    app.store.write(posted.ctx, move |tx| actions::edit(tx, id, &posted.form)).await?;
    Ok(Json(app.store.read(ctx, move |tx| queries::community(tx, id)).await?))
}
