//! The door for other systems: a signed message a case.

use app::App;
use axum::{Json, Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use kernel::{Actor, Problem};
use utoipa::OpenApi;
use web::ApiResult;

use super::{
    actions,
    types::{Sender, Sending, Signed, Taken},
};
use crate::cases::{labels, types::TicketId};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/inbound", post(inbound))
}

/// What programs may ask of this door.
#[derive(OpenApi)]
#[openapi(paths(inbound))]
pub(crate) struct Doc;

/// 接入诉求：热线或平台自己的来件；请求头 x-jiayuan-system 写系统编号，按 Standard Webhooks 签名；也可以在 x-jiayuan-key 写接入密钥全文。
#[utoipa::path(post, path = "/api/v1/tickets/inbound", tag = "诉求", operation_id = "take_in_ticket", request_body = Sending,
    params(("x-jiayuan-system" = Option<String>, Header, description = "系统编号"), ("x-jiayuan-key" = Option<String>, Header, description = "接入密钥，写了编号的不用写"),
        ("webhook-id" = String, Header, description = "消息的唯一编号"),
        ("webhook-timestamp" = i64, Header, description = "发出时刻，Unix 秒"), ("webhook-signature" = String, Header, description = "v1, 后接 HMAC-SHA256 的 Base64")),
    responses((status = 200, body = Taken), (status = 401, description = "密钥或签名不正确，或消息过期"), (status = 422, description = "填写有误，errors 逐项说明")))]
async fn inbound(State(app): State<App>, headers: HeaderMap, body: Bytes) -> ApiResult<Taken> {
    let header =
        |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let sender = match header("x-jiayuan-system") {
        number if !number.is_empty() => Sender::Number(number),
        _ => Sender::Key(header("x-jiayuan-key")),
    };
    let signed = Signed {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
    };
    let (vault, message) = (app.vault.clone(), body.clone());
    let ctx = app.ctx(Actor::public(), None);
    let system =
        app.store.read(ctx, move |tx| actions::of_message(tx, &vault, &sender, &signed, &message)).await?;
    let sending: Sending = serde_json::from_slice(&body)
        .map_err(|it| Problem::Refused { code: "web.json", message: web::json_fault(&it) })?;
    let (asked, sender) = (sending.clone(), system.clone());
    let ctx = app.ctx(Actor::public(), None);
    let before = app.store.read(ctx, move |tx| {
        actions::check(tx, &sender, &asked)?;
        actions::sent_before(tx, &sender, &asked)
    });
    let before = before.await?;
    if let Some(ticket) = before {
        return Ok(Json(taken(&app, ticket, true).await?));
    }
    // One message is one case, however often it is delivered.
    let key = format!("inbound {} {}", i64::from(system.id), sending.outside);
    let code = crate::reporting::code_of(&app, "inbound", Some(&key))?;
    let (vault, calendar, ctx) = (app.vault.clone(), app.calendar.clone(), app.ctx(Actor::public(), None));
    let work =
        move |tx: &mut ::store::Tx<'_>| actions::take_in(tx, &vault, &calendar, &system, &sending, &code);
    let ticket = app.store.write(ctx, work).await?;
    Ok(Json(taken(&app, ticket, false).await?))
}

async fn taken(app: &App, ticket: TicketId, again: bool) -> Result<Taken, Problem> {
    let ctx = app.ctx(Actor::public(), None);
    let read = app.store.read(ctx, move |tx| {
        let it = crate::cases::store::load(tx, ticket)?;
        Ok(Taken {
            id: ticket.to_string(),
            number: crate::cases::bodies::called(tx, &it)?,
            stage: it.stage.code().to_owned(),
            stage_label: labels::stage(&it.stage).1.to_owned(),
            answer_by: it.dues.answer_by.to_string(),
            again,
        })
    });
    read.await
}
