//! The door itself. Every answer, a refusal too, comes in the format that was asked for.

use app::App;
use axum::{
    Router,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use kernel::{Actor, Problem, Scope};

use super::{
    actions, formats, queries,
    sent::{self, Photo},
    types::{Answer, Fields, Format, Refused},
};
use crate::{
    cases::types::TicketId,
    systems::{self, types::Sending},
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/discovery.json", get(discovery_json))
        .route("/discovery.xml", get(discovery_xml))
        .route("/v2/discovery.json", get(discovery_json))
        .route("/v2/discovery.xml", get(discovery_xml))
        .route("/v2/{resource}", get(list).post(create))
        .route("/v2/{resource}/{one}", get(show))
}

/// An answer, or why not: both in the client's format.
type Asked = Result<Answer, Refused>;

fn answered(asked: Asked, format: Format) -> Response {
    let (status, answer) = match asked {
        Ok(answer) => (StatusCode::OK, answer),
        Err(refused) => {
            let status = StatusCode::from_u16(refused.0).unwrap_or(StatusCode::BAD_REQUEST);
            (status, formats::refusal(&refused))
        }
    };
    let (kind, body) = formats::written(&answer, format);
    // What is public may be read from any page; nobody's cookie is asked for here.
    let heads = [(header::CONTENT_TYPE, kind), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (status, heads, body).into_response()
}

/// A problem of ours as the specification tells it: 404 for what is not there, 403 for a wrong key, else 400.
fn refused(problem: Problem) -> Refused {
    let status = match &problem {
        Problem::NotFound | Problem::Denied(_) => 404,
        Problem::Refused { code: "tickets.wrong_key", .. } => 403,
        Problem::Busy(_) => 503,
        Problem::Broken(cause) => {
            tracing::error!(cause = format!("{cause:#}"), "A request broke");
            500
        }
        _ => 400,
    };
    let words = match problem {
        Problem::Invalid(errors) => errors.iter().map(|it| it.message.clone()).collect::<Vec<_>>().join("；"),
        other => other.to_string(),
    };
    Refused(status, words)
}

fn unknown() -> Response {
    answered(
        Err(Refused(404, "没有这个资源；可用 services、requests、tokens，后缀 .json 或 .xml".to_owned())),
        Format::Json,
    )
}

async fn list(State(app): State<App>, Path(name): Path<String>, Query(fields): Query<Fields>) -> Response {
    let Some((resource, format)) = formats::resource(&name) else { return unknown() };
    let asked = match resource {
        "services" => match scope(&app, &fields).await {
            Ok(_) => Ok(queries::services()),
            Err(refused) => Err(refused),
        },
        "requests" => requests(&app, &fields).await,
        _ => return unknown(),
    };
    answered(asked, format)
}

async fn scope(app: &App, fields: &Fields) -> Result<Scope, Refused> {
    let code = fields.get("jurisdiction_id").map_or(String::new(), |it| it.trim().to_owned());
    let ctx = app.ctx(Actor::public(), None);
    app.store.read(ctx, move |tx| queries::jurisdiction(tx, &code)).await.map_err(refused)?
}

async fn requests(app: &App, fields: &Fields) -> Asked {
    let scope = scope(app, fields).await?;
    let search = formats::search(fields, (app.clock)())?;
    let ctx = app.ctx(Actor::public(), None);
    app.store.read(ctx, move |tx| queries::requests(tx, &scope, &search)).await.map_err(refused)
}

async fn show(
    State(app): State<App>,
    Path((resource, one)): Path<(String, String)>,
    Query(fields): Query<Fields>,
) -> Response {
    let Some((id, format)) = formats::resource(&one) else { return unknown() };
    let missing = |what: &str| Refused(404, format!("没有这个{what}"));
    let asked = match (resource.as_str(), scope(&app, &fields).await) {
        (_, Err(refused)) => Err(refused),
        ("services", Ok(_)) => queries::definition(id).ok_or_else(|| missing("service_code")),
        // Every case has its number at once; the code its reporter was told leads to it as a token does.
        ("tokens", Ok(_)) => token(&app, id).await,
        ("requests", Ok(_)) => match id.parse::<i64>() {
            Err(_) => Err(missing("service_request_id")),
            Ok(id) => {
                let ctx = app.ctx(Actor::public(), None);
                let read = app.store.read(ctx, move |tx| queries::request(tx, TicketId::from(id)));
                read.await.map_err(refused)
            }
        },
        _ => return unknown(),
    };
    answered(asked, format)
}

async fn token(app: &App, code: &str) -> Asked {
    let (vault, code) = (app.vault.clone(), code.to_owned());
    let ctx = app.ctx(Actor::public(), None);
    let read = app.store.read(ctx, move |tx| queries::token(tx, &vault, &code)).await;
    read.map_err(|it| match it {
        Problem::NotFound => Refused(404, "没有这个 token：请用提交时给出的查询码".to_owned()),
        other => refused(other),
    })
}

async fn create(State(app): State<App>, Path(name): Path<String>, request: Request) -> Response {
    match formats::resource(&name) {
        Some(("requests", format)) => {
            let asked = match sent::read(&app, request).await {
                Ok((fields, photos)) => created(&app, &fields, photos).await,
                Err(refused) => Err(refused),
            };
            answered(asked, format)
        }
        _ => unknown(),
    }
}

async fn created(app: &App, fields: &Fields, photos: Vec<Photo>) -> Asked {
    let given = |name: &str| fields.get(name).map_or(String::new(), |it| it.trim().to_owned());
    let scope = scope(app, fields).await?;
    let (vault, key) = (app.vault.clone(), given("api_key"));
    let ctx = app.ctx(Actor::public(), None);
    let system = app.store.read(ctx, move |tx| systems::of_key(tx, &vault, &key)).await.map_err(refused)?;
    if given("service_code").is_empty() {
        return Err(Refused(400, "请给出 service_code，见 GET services".to_owned()));
    }
    if queries::definition(&given("service_code")).is_none() {
        return Err(Refused(404, "没有这个 service_code，见 GET services".to_owned()));
    }
    let place = formats::place(fields)?;
    let or =
        |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
    let sending = Sending {
        outside: String::new(),
        community: String::new(),
        category: given("service_code"),
        kind: formats::attribute(fields, "kind").to_owned(),
        openness: or(formats::attribute(fields, "openness"), "public"),
        // The specification asks for no description: the service's own name says what it is about.
        body: or(&given("description"), &queries::wordless(&given("service_code"))),
        building: formats::attribute(fields, "building").to_owned(),
        name: format!("{}{}", given("last_name"), given("first_name")),
        phone: formats::local_phone(&given("phone")),
    };
    let random = app::random_hex(64).map_err(Problem::Broken).map_err(refused)?;
    let code = crate::reporting::code_of(app, "open311", Some(&random)).map_err(refused)?;
    let (vault, calendar, kept) = (app.vault.clone(), app.calendar.clone(), code.clone());
    let ctx = app.ctx(Actor::public(), None);
    let beside = formats::beside(fields);
    let work = move |tx: &mut ::store::Tx<'_>| {
        let sending = actions::placed(tx, &scope, &place, &sending)?;
        actions::take_in(tx, &vault, &calendar, &system, &sending, &beside, &kept)
    };
    let id = app.store.write(ctx, work).await.map_err(refused)?;
    for photo in photos {
        // The case is filed: a photo that could not be kept must not cost its sender the number.
        if let Err(problem) = attached(app, &code, photo).await {
            tracing::warn!(%problem, "A sent case's photo was not kept");
        }
    }
    let ctx = app.ctx(Actor::public(), None);
    app.store.read(ctx, move |tx| queries::created(tx, id, &code)).await.map_err(refused)
}

async fn attached(app: &App, code: &str, photo: Photo) -> Result<(), Problem> {
    let kept = web::keep(app, photo.media, photo.bytes).await?;
    let (vault, code) = (app.vault.clone(), code.to_owned());
    let attach = move |tx: &mut ::store::Tx<'_>| {
        crate::reporting::actions::attach(tx, &vault, &code, &photo.name, &kept)
    };
    app.store.write(app.ctx(Actor::public(), None), attach).await
}

async fn discovery_json(State(app): State<App>, headers: HeaderMap) -> Response {
    answered(Ok(discovery(&app, &headers)), Format::Json)
}

async fn discovery_xml(State(app): State<App>, headers: HeaderMap) -> Response {
    answered(Ok(discovery(&app, &headers)), Format::Xml)
}

fn discovery(app: &App, headers: &HeaderMap) -> Answer {
    use super::types::Value::{Many, Text};
    let text = |it: &str| Text(it.to_owned());
    let formats = ["text/xml", "application/json"].map(|it| vec![("format", text(it))]).to_vec();
    let endpoint = vec![
        ("specification", text("http://wiki.open311.org/GeoReport_v2")),
        ("url", Text(web::address(app, headers, "/open311/v2"))),
        ("changeset", text("2024-01-01T00:00:00Z")),
        ("type", text("production")),
        ("formats", Many("format", formats)),
    ];
    let row = vec![
        ("changeset", text("2024-01-01T00:00:00Z")),
        ("contact", text("接入密钥请向本地物业主管部门的系统管理员索取")),
        ("key_service", text("接入密钥请向本地物业主管部门的系统管理员索取")),
        ("endpoints", Many("endpoint", vec![endpoint])),
    ];
    Answer::One("discovery", row)
}
