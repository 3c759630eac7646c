//! The same verbs for programs.

use app::App;
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use utoipa::OpenApi;
use web::{ApiResult, Caller, PostedJson};

use super::{
    desk,
    forms::Intake,
    queries::{self, TicketData},
    types::TicketId,
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", post(file)).route("/{id}", get(show))
}

/// What programs may ask of cases.
#[derive(OpenApi)]
#[openapi(paths(file, show))]
pub(crate) struct Doc;

/// 登记诉求：由登录的单位代群众登记；`channel` 写明从哪里来（12345、12319、platform、desk）。
#[utoipa::path(post, path = "/api/v1/tickets", tag = "诉求", operation_id = "file_ticket", request_body = Intake,
    params(("Idempotency-Key" = String, Header, description = "8至128位的唯一编号，同一编号只受理一次")),
    responses((status = 200, body = TicketData), (status = 404, description = "没有这个小区，或不在职责范围"), (status = 422, description = "填写有误，errors 逐项说明")))]
async fn file(State(app): State<App>, posted: PostedJson<Intake>) -> ApiResult<TicketData> {
    let (vault, calendar, ctx) = (app.vault.clone(), app.calendar.clone(), posted.ctx.clone());
    let door = crate::reporting::desk_door(&posted.ctx);
    let code = crate::reporting::code_of(&app, &door, posted.ctx.key.as_deref())?;
    let id = app.store.write(posted.ctx, move |tx| desk::file(tx, &vault, &calendar, &posted.form, &code));
    let id = id.await?;
    Ok(Json(app.store.read(ctx, move |tx| queries::data(tx, id)).await?))
}

/// 诉求.
#[utoipa::path(get, path = "/api/v1/tickets/{id}", tag = "诉求", operation_id = "ticket", params(("id" = String, Path)),
    responses((status = 200, body = TicketData), (status = 404, description = "没有，或看不到")))]
async fn show(State(app): State<App>, caller: Caller, Path(id): Path<TicketId>) -> ApiResult<TicketData> {
    Ok(Json(app.store.read(caller.ctx, move |tx| queries::data(tx, id)).await?))
}
