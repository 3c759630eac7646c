//! The same for programs: rankings for their owner, scores for whom they concern, posted lists for everybody.

use app::App;
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use utoipa::OpenApi;
use web::{ApiResult, Caller, Visitor};

use super::{
    data::{NoticeData, RankingData, ScoreData},
    explaining, queries, ranking,
    types::{NoticeId, Panel},
};
use crate::{
    applications::types::ApplicationId,
    openings::{self, types::CampaignId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/ranking", get(rank))
        .route("/applications/{id}/score", get(score))
        .route("/notices/{id}", get(notice))
}

/// What programs may ask of assessments.
#[derive(OpenApi)]
#[openapi(paths(rank, score, notice))]
pub(crate) struct Doc;

/// 排名: the campaign's owner's.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/ranking", tag = "测评与公示", operation_id = "ranking", params(("id" = String, Path, description = "活动编号")),
    responses((status = 200, body = RankingData), (status = 403), (status = 404)))]
async fn rank(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> ApiResult<RankingData> {
    let vault = app.vault.clone();
    let read = app.store.read(caller.ctx, move |tx| {
        let campaign = openings::queries::seen(tx, id)?;
        Ok(ranking::ranking(tx, &vault, campaign, Panel::City)?.into())
    });
    Ok(Json(read.await?))
}

/// 得分说明: item by item, for its owner, and once it was told for the applicant and the county.
#[utoipa::path(get, path = "/api/v1/campaigns/applications/{id}/score", tag = "测评与公示", operation_id = "score", params(("id" = String, Path, description = "申报编号")),
    responses((status = 200, body = ScoreData), (status = 403, description = "还没有告知"), (status = 404)))]
async fn score(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ApplicationId>,
) -> ApiResult<ScoreData> {
    let vault = app.vault.clone();
    Ok(Json(
        app.store
            .read(caller.ctx, move |tx| Ok(explaining::explained(tx, &vault, id, false)?.into()))
            .await?,
    ))
}

/// 公示：任何人都能看，不用登录。
#[utoipa::path(get, path = "/api/v1/campaigns/notices/{id}", tag = "测评与公示", operation_id = "notice", params(("id" = String, Path)),
    responses((status = 200, body = NoticeData), (status = 404)))]
async fn notice(State(app): State<App>, visitor: Visitor, Path(id): Path<NoticeId>) -> ApiResult<NoticeData> {
    Ok(Json(app.store.read(visitor.ctx, move |tx| Ok(queries::notice(tx, id)?.into())).await?))
}
