//! The same verbs for programs.

use app::App;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::Problem;
use serde::Deserialize;
use utoipa::OpenApi;
use web::{ApiResult, Caller, PostedJson};

use super::{
    actions,
    data::{ApplicationData, ApplicationsData, Begin, VerbForm},
    lists, queries,
    types::{ApplicationId, Decision, Nominee},
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/applications", get(list).post(begin))
        .route("/applications/{id}", get(show))
        .route("/applications/{id}/{verb}", post(act))
}

/// What programs may ask of applications.
#[derive(OpenApi)]
#[openapi(paths(list, begin, show, act))]
pub(crate) struct Doc;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

/// 申报列表：当前身份看得到的申报，一页。
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/applications", tag = "选树申报", operation_id = "list_applications",
    params(("id" = String, Path, description = "活动编号"), ("after" = Option<String>, Query, description = "上一页给出的 next")),
    responses((status = 200, body = ApplicationsData), (status = 404)))]
async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CampaignId>,
    Query(query): Query<After>,
) -> ApiResult<ApplicationsData> {
    let (vault, after) = (app.vault.clone(), kernel::parse_id(&query.after).unwrap_or(0));
    Ok(Json(
        app.store
            .read(caller.ctx, move |tx| {
                Ok(lists::list(tx, &vault, id, lists::Narrow::default(), after)?.into())
            })
            .await?,
    ))
}

/// 开始申报: by the enterprise that serves the community, or its county for it.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/applications", tag = "选树申报", operation_id = "begin_application", request_body = Begin,
    params(("id" = String, Path, description = "活动编号"), ("Idempotency-Key" = String, Header, description = "8至128位的唯一编号，同一编号只办一次")),
    responses((status = 200, body = ApplicationData), (status = 404), (status = 409, description = "规则不允许")))]
async fn begin(
    State(app): State<App>,
    Path(id): Path<CampaignId>,
    posted: PostedJson<Begin>,
) -> ApiResult<ApplicationData> {
    let (vault, ctx, form) = (app.vault.clone(), posted.ctx.clone(), posted.form);
    let nominee = Nominee { person: form.person, post: form.post, party: form.party };
    let made = app
        .store
        .write(posted.ctx, move |tx| actions::begin(tx, &vault, id, form.community, &nominee))
        .await?;
    let vault = app.vault.clone();
    Ok(Json(app.store.read(ctx, move |tx| Ok(queries::application(tx, &vault, made)?.into())).await?))
}

/// 申报.
#[utoipa::path(get, path = "/api/v1/campaigns/applications/{id}", tag = "选树申报", operation_id = "application", params(("id" = String, Path)),
    responses((status = 200, body = ApplicationData), (status = 404, description = "没有，或看不到")))]
async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ApplicationId>,
) -> ApiResult<ApplicationData> {
    let vault = app.vault.clone();
    Ok(Json(app.store.read(caller.ctx, move |tx| Ok(queries::application(tx, &vault, id)?.into())).await?))
}

/// 提交 submit、街道审核 review、县区审核 accept、退回 send-back、推荐 recommend、撤回推荐 withdraw.
#[utoipa::path(post, path = "/api/v1/campaigns/applications/{id}/{verb}", tag = "选树申报", operation_id = "act_on_application", request_body = VerbForm,
    params(("id" = String, Path), ("verb" = String, Path), ("Idempotency-Key" = String, Header, description = "8至128位的唯一编号，同一编号只办一次")),
    responses((status = 200, body = ApplicationData), (status = 403), (status = 404), (status = 409, description = "规则不允许，detail 说明原因"), (status = 422)))]
async fn act(
    State(app): State<App>,
    Path((id, verb)): Path<(ApplicationId, String)>,
    posted: PostedJson<VerbForm>,
) -> ApiResult<ApplicationData> {
    let (vault, ctx, form) = (app.vault.clone(), posted.ctx.clone(), posted.form);
    let done = move |tx: &mut ::store::Tx<'_>| match verb.as_str() {
        "submit" => actions::submit(tx, &vault, id),
        "review" => actions::review(tx, &vault, id),
        "accept" => actions::accept(tx, &vault, id),
        "send-back" => actions::send_back(tx, &vault, id, &form.reason),
        "recommend" => {
            let VerbForm { decided_on, decision, .. } = form.clone();
            actions::recommend(tx, &vault, id, &Decision { decided_on, decision })
        }
        "withdraw" => actions::withdraw(tx, &vault, id),
        _ => Err(Problem::NotFound),
    };
    app.store.write(posted.ctx, done).await?;
    let vault = app.vault.clone();
    Ok(Json(app.store.read(ctx, move |tx| Ok(queries::application(tx, &vault, id)?.into())).await?))
}
