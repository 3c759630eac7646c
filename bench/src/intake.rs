//! Intake of cases: sixteen desks file them over HTTP — read, masked, its clocks set, everybody told, indexed, audited — against a
//! handler that only commits the same rows.

use std::{
    io::{StdoutLock, Write as _},
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use anyhow::Result;
use kernel::{Role, Scope, Tenant};
use store::Kind;
use testkit::House;
use tokio::runtime::Runtime;

use crate::{
    bare::{self, Param},
    client, filled, serving, writes,
};

const BROWSERS: usize = 16;
const ROUNDS: usize = 3;
const LASTING: Duration = Duration::from_secs(4);
/// Cases that are there before.
const BEFORE: usize = 2_000;

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if kind == Kind::Postgres && !testkit::has_postgres() {
            writeln!(out, "intake of cases on PostgreSQL: not measured, there is no cluster")?;
            continue;
        }
        measure(out, kind)?;
    }
    Ok(())
}

static NUMBER: AtomicI64 = AtomicI64::new(1);

fn measure(out: &mut StdoutLock<'_>, kind: Kind) -> Result<()> {
    let runtime = Runtime::new()?;
    let migrations = [writes::migrations(), tickets::MIGRATIONS.to_vec()].concat();
    let house = runtime.block_on(async {
        House::new(kind, &migrations, |_| {
            registry::routes().merge(messages::routes()).merge(tickets::routes())
        })
    });
    let places = runtime.block_on(filled::fill(&house, BEFORE))?;
    let county = places.first().map_or(1, |it| it.tenant);
    let communities: Vec<i64> =
        places.iter().filter(|it| it.tenant == county).map(|it| it.community).collect();
    let scope = Scope::County(Tenant::from_number(u16::try_from(county)?));
    let desks: Vec<(String, String)> = (0..BROWSERS)
        .map(|n| {
            let name = format!("窗口{n}");
            runtime.block_on(house.as_somebody(&name, Role::CountyBureau, scope)).credentials()
        })
        .collect();
    let address = serving::serve(&runtime, house.router())?;
    let plan = plan(kind);
    let queue = match kind {
        Kind::Sqlite => bare::sqlite(&house.folder().join("house.db"), plan)?,
        Kind::Postgres => bare::postgres(house.url(), &plan)?,
    };
    let bare = serving::serve(&runtime, bare::router(queue, rows))?;
    let form = |n: i64| {
        let body = "楼道照明坏了几天没有人来修，晚上老人上下楼不方便";
        let community = communities[n as usize % communities.len()];
        let fields = [
            ("community", community.to_string()),
            ("category", "lighting".to_owned()),
            ("body", format!("{body}，这是第{n}次反映")),
            ("building", format!("{}号楼", n % 30)),
            ("name", "周桂芳".to_owned()),
            ("phone", format!("139{:08}", n % 100_000_000)),
            ("openness", "public".to_owned()),
        ];
        serde_html_form::to_string(fields).unwrap_or_default()
    };
    let whole = |browser: usize, _: usize| {
        let n = NUMBER.fetch_add(1, Ordering::Relaxed);
        let (cookie, token) = &desks[browser];
        let form = format!("{}&_token={token}&_key=bench-{n:08}", form(n));
        writes::posted("/tickets/new", cookie, &form)
    };
    let least = |browser: usize, _: usize| {
        let n = NUMBER.fetch_add(1, Ordering::Relaxed);
        writes::posted(&format!("/bare/{browser}/{n}"), "", &form(n))
    };
    let (mut bares, mut wholes) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        bares.push(client::crowd(bare, BROWSERS, LASTING, 303, least)?);
        wholes.push(client::crowd(address, BROWSERS, LASTING, 303, whole)?);
    }
    let (one, other) = (writes::middle(&mut bares), writes::middle(&mut wholes));
    let name = if kind == Kind::Sqlite { "SQLite" } else { "PostgreSQL" };
    writeln!(out, "intake of cases on {name}: {BROWSERS} desks, {} s a round", LASTING.as_secs())?;
    writes::told(out, "only committing the same rows", &one)?;
    writes::told(out, "filing through the house", &other)?;
    Ok(writeln!(out, "  throughput {:>31.0} %   (target at least 60 %)", other.rate / one.rate * 100.0)?)
}

/// The case, its two first steps, six who are told, its words, its audit row and its key.
fn plan(kind: Kind) -> bare::Plan {
    let words = match kind {
        Kind::Sqlite => "insert into store_words (rowid, words) values ($1, $2)",
        Kind::Postgres => {
            "insert into store_words (tenant, id, words) values (1, $1, cast(cast($2 as text) as tsvector))"
        }
    };
    [
        "insert into tickets_tickets (tenant, id, city, subdistrict, neighborhood, community, enterprise, number, category, kind, urgency, openness, channel, body, building, contact, tail, code, stage, handler_kind, handler, words, level, round, filed_at, filed_on, dispatch_by, contact_by, answer_by, wakes_at, dispatched_v, extended, urged, supervised, reporter, version) values (1, $1, 1, $2, $3, $4, $5, $6, 'lighting', 'complaint', 'ordinary', 'public', 'desk', $7, $8, $9, $10, $11, 'dispatched', 'enterprise', $12, '', 1, 1, $13, '2024-08-20', $14, $15, $16, $17, 'in_time', 0, 0, 0, $18, 1)",
        "insert into tickets_steps (tenant, ticket, n, at, step, \"by\", words, open) values (1, $1, $2, $3, $4, '县局', $5, 'yes')",
        "insert into messages_messages (tenant, subject, mark, role, scope_kind, scope_number, title, href, told_at) values (1, $1, 'filed', $2, $3, $4, $5, $6, $7)",
        words,
        "insert into store_audit (tenant, id, at, person, grant_id, role, permission, event, subject, body) values (1, $1, $2, 7, 7, 'county_bureau', 'tickets.file_for', 'tickets.filed', $3, $4)",
        "insert into store_keys (person, key, url, at) values (7, $1, $2, $3)",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn rows(_: i64, n: i64, fields: &[(String, String)]) -> bare::Rows {
    use Param::{Int, Text};
    let field = |name: &str| fields.iter().find(|it| it.0 == name).map_or("", |it| &it.1).to_owned();
    let id = (1 << 60) | n;
    let at = 1_724_115_600_000_000 + n;
    // Keyed hashes lie anywhere in their index.
    let scattered = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mark = |what: &str| Text(format!("{scattered:016x}{what}{n:040}"));
    // As many tokens as the text has pairs.
    let said: Vec<char> = field("body").chars().collect();
    let words: Vec<String> = said
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair.iter().all(|it| it.is_alphanumeric()))
        .map(|(_, pair)| pair.iter().collect::<String>())
        .collect();
    let words = words.iter().map(|it| format!("'{it}'")).collect::<Vec<_>>().join(" ");
    let mut rows = vec![(
        0,
        vec![
            Int(id),
            Int(51 + n % 8),
            Int(511 + n % 20),
            Int(9 + n % 20),
            Int(70 + n % 20),
            // Below the numbers the house gives.
            Int(n - (1 << 40)),
            Text(field("body")),
            Text(field("building")),
            Text("x".repeat(120)),
            mark("tail"),
            mark("code"),
            Int(70 + n % 20),
            Int(at),
            Int(at),
            Int(at),
            Int(at),
            Int(at),
            mark("phone"),
        ],
    )];
    for (k, step) in [(1, "filed"), (2, "dispatched")] {
        let words = Text("已直接派给某某物业服务有限公司办理".to_owned());
        rows.push((1, vec![Int(id), Int(k), Int(at), Text(step.to_owned()), words]));
    }
    // As spread over streets, neighborhoods and communities as the house's own: an index page is only dirty once a commit.
    for (role, kind, number) in [
        ("county_bureau", "county", 1),
        ("subdistrict", "subdistrict", 51 + n % 8),
        ("neighborhood", "neighborhood", 511 + n % 20),
        ("party_branch", "community", 9 + n % 20),
        ("owners_committee", "community", 9 + n % 20),
        ("enterprise", "enterprise", 70 + n % 20),
    ] {
        let title = Text(format!("新诉求：某某小区 照明（{n:06}号）"));
        let href = Text(format!("/tickets/{id}"));
        rows.push((
            2,
            vec![Int(id), Text(role.to_owned()), Text(kind.to_owned()), Int(number), title, href, Int(at)],
        ));
    }
    rows.push((3, vec![Int(id), Text(words)]));
    rows.push((
        4,
        vec![Int(id), Int(at), Int(id), Text("{\"channel\":\"desk\",\"for_somebody\":true}".to_owned())],
    ));
    rows.push((5, vec![Text(format!("bare-{n}")), Text(format!("/tickets/{id}")), Int(at)]));
    rows
}
