//! Atom — a community's public cases of the last month, for whoever reads feeds.

use ::store::Tx;
use app::App;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::IntoResponse as _,
    routing::get,
};
use jiff::SignedDuration;
use kernel::{Problem, beijing_date};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use registry::communities;
use web::{PageResult, Visitor};

use crate::{
    cases::{labels, store, types::Ticket},
    reporting::category_label,
};

/// How far back a feed goes.
const SPAN: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/feeds/{community}", get(feed))
}

async fn feed(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    Path(name): Path<String>,
) -> PageResult {
    let id = name.strip_suffix(".atom").and_then(kernel::parse_id).ok_or(Problem::NotFound)?;
    let (community, tickets) = app.store.read(visitor.ctx, move |tx| cases(tx, id)).await?;
    let address = web::address(&app, &headers, &format!("/tickets/feeds/{id}.atom"));
    let written = written(&community, &address, &tickets);
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], written).into_response())
}

fn cases(tx: &mut Tx<'_>, id: i64) -> Result<(String, Vec<Ticket>), Problem> {
    let community = communities::found_one(tx, id)?.ok_or(Problem::NotFound)?;
    let since = beijing_date(tx.ctx.now - SPAN);
    Ok((community.name, store::public_of(tx, id, since)?))
}

fn written(community: &str, address: &str, tickets: &[Ticket]) -> Vec<u8> {
    let mut writer = Writer::new(vec![]);
    let changed = |it: &Ticket| it.closed_at.unwrap_or(it.filed_at);
    let newest = tickets.iter().map(changed).max().unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    // Writing into memory cannot fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let root = BytesStart::new("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom")]);
    let _ = writer.write_event(Event::Start(root));
    text(&mut writer, "id", address);
    text(&mut writer, "title", &format!("{community}：公开诉求"));
    text(&mut writer, "updated", &newest.to_string());
    let link = BytesStart::new("link").with_attributes([("rel", "self"), ("href", address)]);
    let _ = writer.write_event(Event::Empty(link));
    for it in tickets {
        let _ = writer.write_event(Event::Start(BytesStart::new("entry")));
        text(&mut writer, "id", &format!("{address}#{}", it.id));
        let title = format!("{}（{}）", category_label(&it.category), labels::stage(&it.stage).1);
        text(&mut writer, "title", &title);
        text(&mut writer, "updated", &changed(it).to_string());
        text(&mut writer, "published", &it.filed_at.to_string());
        text(&mut writer, "summary", &format!("{} {}", it.building, it.body));
        let _ = writer.write_event(Event::Start(BytesStart::new("author")));
        text(&mut writer, "name", community);
        let _ = writer.write_event(Event::End(BytesEnd::new("author")));
        let _ = writer.write_event(Event::End(BytesEnd::new("entry")));
    }
    let _ = writer.write_event(Event::End(BytesEnd::new("feed")));
    writer.into_inner()
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) {
    let clean: String = text.chars().filter(|it| !it.is_control()).collect();
    let _ = writer.write_event(Event::Start(BytesStart::new(name)));
    let _ = writer.write_event(Event::Text(BytesText::new(&clean)));
    let _ = writer.write_event(Event::End(BytesEnd::new(name)));
}
