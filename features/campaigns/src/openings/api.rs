//! The same for programs: campaigns, their timetable, and how far the counties are.

use app::App;
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use utoipa::OpenApi;
use web::{ApiResult, Caller};

use super::{
    data::{CampaignData, CampaignsData},
    queries,
    types::CampaignId,
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(list)).route("/{id}", get(show))
}

/// What programs may ask of campaigns.
#[derive(OpenApi)]
#[openapi(paths(list, show))]
pub(crate) struct Doc;

/// 选树活动列表.
#[utoipa::path(get, path = "/api/v1/campaigns", tag = "选树活动", operation_id = "list_campaigns",
    responses((status = 200, body = CampaignsData), (status = 401, description = "未登录")))]
async fn list(State(app): State<App>, caller: Caller) -> ApiResult<CampaignsData> {
    Ok(Json(app.store.read(caller.ctx, |tx| Ok(queries::list(tx)?.into())).await?))
}

/// 选树活动: 各阶段时间、各县区进展与名额.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}", tag = "选树活动", operation_id = "campaign", params(("id" = String, Path)),
    responses((status = 200, body = CampaignData), (status = 404, description = "没有，或看不到")))]
async fn show(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> ApiResult<CampaignData> {
    let calendar = app.calendar.clone();
    Ok(Json(app.store.read(caller.ctx, move |tx| Ok(queries::campaign(tx, id, &calendar)?.into())).await?))
}
