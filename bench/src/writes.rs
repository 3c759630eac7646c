//! The write path: sixteen assessors save their sheets over HTTP, against a handler that only commits the same rows.

use std::{
    fmt::Write as _,
    io::{StdoutLock, Write as _},
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use anyhow::Result;
use kernel::{Role, Scope, Tenant};
use store::Kind;
use testkit::{Browser, House};
use tokio::runtime::Runtime;

use crate::{
    bare,
    client::{self, Served},
    serving,
};

const BROWSERS: usize = 16;
const ROUNDS: usize = 5;
const LASTING: Duration = Duration::from_secs(4);

/// An assessor, and the one sheet they write.
struct Desk {
    cookie: String,
    token: String,
    sheet: i64,
    /// How often it was saved.
    saved: AtomicI64,
}

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if kind == Kind::Postgres && !testkit::has_postgres() {
            writeln!(out, "write path on PostgreSQL: not measured, there is no cluster")?;
            continue;
        }
        measure(out, kind)?;
    }
    Ok(())
}

fn measure(out: &mut StdoutLock<'_>, kind: Kind) -> Result<()> {
    let runtime = Runtime::new()?;
    let house = runtime.block_on(async {
        House::new(kind, &migrations(), |_| registry::routes().merge(campaigns::routes()))
    });
    let desks = runtime.block_on(furnished(&house));
    let address = serving::serve(&runtime, house.router())?;
    let queue = match kind {
        Kind::Sqlite => bare::sqlite(&house.folder().join("house.db"), plan())?,
        Kind::Postgres => bare::postgres(house.url(), &plan())?,
    };
    let bare = serving::serve(&runtime, bare::router(queue, rows))?;
    let body = marks();
    let whole = |browser: usize, _: usize| {
        let desk = &desks[browser];
        let version = desk.saved.fetch_add(1, Ordering::Relaxed) + 1;
        let key = format!("bench-{}-{version}", desk.sheet);
        let form = format!("{body}&version={version}&_token={}&_key={key}", desk.token);
        posted(&format!("/campaigns/sheets/{}", desk.sheet), &desk.cookie, &form)
    };
    // The bare side writes sheets of its own, so that neither moves the other's versions.
    let least = |browser: usize, _: usize| {
        let n = NUMBER.fetch_add(1, Ordering::Relaxed);
        posted(&format!("/bare/{}/{n}", BARE + browser as i64), "", &body)
    };
    let (mut bares, mut wholes) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        bares.push(client::crowd(bare, BROWSERS, LASTING, 303, least)?);
        wholes.push(client::crowd(address, BROWSERS, LASTING, 303, whole)?);
    }
    let (one, other) = (middle(&mut bares), middle(&mut wholes));
    let name = if kind == Kind::Sqlite { "SQLite" } else { "PostgreSQL" };
    writeln!(
        out,
        "write path on {name}: {BROWSERS} assessors save a sheet of 25 items, {} s a round",
        LASTING.as_secs()
    )?;
    told(out, "only committing the same rows", &one)?;
    told(out, "saving through the house", &other)?;
    Ok(writeln!(out, "  throughput {:>31.0} %   (target at least 70 %)", other.rate / one.rate * 100.0)?)
}

/// The sheet, its audit row, its key.
fn plan() -> bare::Plan {
    [
        "update campaigns_sheets set stage = 'open', marks = $1, version = version + 1 where tenant = 1 and id = $2",
        "insert into store_audit (tenant, id, at, person, grant_id, role, permission, event, subject, body) values (1, $1, $2, 7, 7, 'assessor', 'campaigns.mark', 'campaigns.sheet_marked', $3, $4)",
        "insert into store_keys (person, key, url, at) values (7, $1, '/campaigns/sheets/1', $2)",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn rows(sheet: i64, n: i64, fields: &[(String, String)]) -> bare::Rows {
    use bare::Param::{Int, Text};
    let marks: Vec<_> = fields.iter().filter(|it| it.0.starts_with("mark-")).collect();
    let marks = serde_json::to_string(&marks).unwrap_or_default();
    // An id nobody else writes.
    let id = (1 << 60) | (sheet & 0xfff_ffff) << 24 | n;
    vec![
        (0, vec![Text(marks.clone()), Int(sheet)]),
        (1, vec![Int(id), Int(n), Int(sheet), Text(marks)]),
        (2, vec![Text(format!("bare-{sheet}-{n}")), Int(n)]),
    ]
}

static NUMBER: AtomicI64 = AtomicI64::new(1);
/// Ids of the sheets the bare side writes.
const BARE: i64 = 1 << 48;

pub(crate) fn middle(all: &mut [Served]) -> Served {
    all.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    let it = &all[all.len() / 2];
    Served { rate: it.rate, p50: it.p50, p99: it.p99, bytes: it.bytes }
}

pub(crate) fn told(out: &mut StdoutLock<'_>, what: &str, it: &Served) -> Result<()> {
    let ms = |it: Duration| it.as_secs_f64() * 1e3;
    Ok(writeln!(out, "  {what:<34} {:>8.0} /s, p50 {:.1} ms, p99 {:.1} ms", it.rate, ms(it.p50), ms(it.p99))?)
}

pub(crate) fn migrations() -> Vec<store::Migration> {
    [
        store::MIGRATIONS,
        files::MIGRATIONS,
        jobs::MIGRATIONS,
        accounts::MIGRATIONS,
        messages::MIGRATIONS,
        registry::MIGRATIONS,
        campaigns::MIGRATIONS,
    ]
    .concat()
}

pub(crate) fn posted(path: &str, cookie: &str, form: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )
}

/// The marks of the twenty-five items of the Lu'an standard.
fn marks() -> String {
    let mut body = String::new();
    for (group, n) in [(1, 5), (2, 4), (3, 9), (4, 7)] {
        for item in 1..=n {
            let _ = write!(body, "mark-{group}.{item}=85&note-{group}.{item}=&");
        }
    }
    body.trim_end_matches('&').to_owned()
}

/// The same as a sheet keeps them, each item with one mark.
pub(crate) fn marks_json(mark: usize) -> String {
    let items = [(1, 5), (2, 4), (3, 9), (4, 7)];
    let items = items.iter().flat_map(|(group, n)| (1..=*n).map(move |item| format!("{group}.{item}")));
    let marks: Vec<String> = items.map(|it| format!("\"{it}\":{{\"mark\":\"{mark}\"}}")).collect();
    format!("{{{}}}", marks.join(","))
}

/// A campaign under assessment, with a sheet for each browser, and others for the bare side.
async fn furnished(house: &House) -> Vec<Desk> {
    let city = house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await;
    house
        .given(|tx| {
            let mut city = registry::seeding::luan(Some(40));
            city.counties.truncate(1);
            registry::seeding::places(tx, &city)?;
            let companies = registry::seeding::companies(tx, &city, 2)?;
            registry::seeding::communities(tx, &city, &city.counties[0], 0..BROWSERS, &companies)?;
            Ok(())
        })
        .await;
    let campaign = city.submit("/campaigns", &[("pack", "luan-2024-beautiful-home")]).await.id();
    let mut desks = vec![];
    for n in 0..BROWSERS {
        let assessor: Browser = house.as_somebody(&format!("测评{n}"), Role::Assessor, Scope::City(1)).await;
        let person = i64::from(assessor.person);
        let sheet = house.given(move |tx| sheet(tx, campaign, person, n as i64)).await;
        let (cookie, token) = assessor.credentials();
        desks.push(Desk { cookie, token, sheet, saved: AtomicI64::new(0) });
    }
    desks
}

fn sheet(tx: &mut store::Tx<'_>, campaign: i64, person: i64, n: i64) -> Result<i64, kernel::Problem> {
    let (application, sheet) = (tx.ctx.new_id(Tenant::from_number(1)), tx.ctx.new_id(Tenant::from_number(1)));
    tx.given(&format!("insert into campaigns_applications (tenant, id, city, subdistrict, neighborhood, community, enterprise, campaign, channel, stage, answers, version) select tenant, {application}, city, subdistrict, neighborhood, id, enterprise, {campaign}, 'self', 'accepted', '{{}}', 1 from registry_communities order by id limit 1 offset {n}"))?;
    for (id, assessor) in [(sheet, person), (BARE + n, person + 1_000_000)] {
        tx.given(&format!("insert into campaigns_sheets (tenant, id, campaign, application, assessor, stage, marks, version) values (1, {id}, {campaign}, {application}, {assessor}, 'open', '{{}}', 1)"))?;
    }
    Ok(sheet)
}
