//! Cases at 20,000 and at 2,000,000: the list and the tracking page, search, the three rates of a city's year, and a flood of deadlines.
//! The work that waits grows with the city, as it does; what a county has closed grows a hundredfold.

use std::{
    io::{StdoutLock, Write as _},
    time::{Duration, Instant},
};

use anyhow::Result;
use kernel::{Role, Scope, Tenant};
use store::Kind;
use testkit::{Browser, House};
use tokio::runtime::Runtime;

use crate::{
    client::{self, Served},
    filled::{self, COMMON, RARE, TRACKED},
    median, serving, timed, writes,
};

const BROWSERS: usize = 16;
const LASTING: Duration = Duration::from_secs(4);
const SMALL: usize = 20_000;
const LARGE: usize = 2_000_000;
/// Deadlines that pass in the same minute.
const FLOOD: i64 = 100_000;

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    // A smaller large one for a quick look: JIAYUAN_TICKETS=200000.
    let large = std::env::var("JIAYUAN_TICKETS").ok().and_then(|it| it.parse().ok()).unwrap_or(LARGE);
    // One store alone: JIAYUAN_STORE=sqlite or postgres.
    let only = std::env::var("JIAYUAN_STORE").unwrap_or_default();
    let kinds = [(Kind::Sqlite, "sqlite"), (Kind::Postgres, "postgres")];
    for (kind, _) in kinds.into_iter().filter(|it| only.is_empty() || only == it.1) {
        let name = if kind == Kind::Sqlite { "SQLite" } else { "PostgreSQL" };
        if kind == Kind::Postgres && !testkit::has_postgres() {
            writeln!(out, "cases on PostgreSQL: not measured, there is no cluster")?;
            continue;
        }
        let small = measure(out, kind, name, SMALL, false)?;
        let large = measure(out, kind, name, large, true)?;
        for (what, small, large) in [
            ("list", &small.0, &large.0),
            ("late ones", &small.1, &large.1),
            ("tracking", &small.2, &large.2),
        ] {
            let ratio = large.p99.as_secs_f64() / small.p99.as_secs_f64();
            writeln!(
                out,
                "  p99 of the larger against 20,000, {what:<9} {ratio:>5.2}   (target at most 1.50)"
            )?;
        }
    }
    Ok(())
}

/// The list's figures, those of the late ones, and the tracking page's.
fn measure(
    out: &mut StdoutLock<'_>,
    kind: Kind,
    name: &str,
    total: usize,
    whole: bool,
) -> Result<(Served, Served, Served)> {
    let runtime = Runtime::new()?;
    let migrations = [writes::migrations(), tickets::MIGRATIONS.to_vec()].concat();
    let house = runtime.block_on(async {
        House::new(kind, &migrations, |_| {
            registry::routes().merge(messages::routes()).merge(tickets::routes())
        })
    });
    let started = Instant::now();
    runtime.block_on(filled::fill(&house, total))?;
    writeln!(out, "cases on {name}: {total}, written in {} s", started.elapsed().as_secs())?;
    let county = Scope::County(Tenant::from_number(1));
    let (county, city) = runtime.block_on(async {
        let county = house.as_somebody("县局", Role::CountyBureau, county).await;
        (county, house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await)
    });
    let address = serving::serve(&runtime, house.router())?;
    let ask = |reader: &Browser, path: &str| {
        let cookie = reader.credentials().0;
        format!("GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\n\r\n")
    };
    let list = ask(&county, "/tickets?stage=accepted");
    let list = client::crowd(address, BROWSERS, LASTING, 200, |_, _| list.clone())?;
    let late = ask(&county, "/tickets?stage=closed&category=leak&late=yes");
    let late = client::crowd(address, BROWSERS, LASTING, 200, |_, _| late.clone())?;
    let tracked: Vec<String> =
        (0..TRACKED).map(|it| ask(&county, &format!("/tickets/track/{}", filled::code(it)))).collect();
    let track = client::crowd(address, BROWSERS, LASTING, 200, |browser, n| {
        tracked[(browser * 7 + n) % TRACKED].clone()
    })?;
    writes::told(out, "list of what is in hand", &list)?;
    writes::told(out, "closed late, of one category", &late)?;
    writes::told(out, "tracking page", &track)?;
    if whole {
        search(out, kind, &county, address)?;
        index_size(out, kind, &house)?;
        rates(out, kind, &runtime, &house, &city)?;
        flood(out, &runtime, &house)?;
    }
    Ok((list, late, track))
}

fn search(
    out: &mut StdoutLock<'_>,
    kind: Kind,
    county: &Browser,
    address: std::net::SocketAddr,
) -> Result<()> {
    let cookie = county.credentials().0;
    let most = if kind == Kind::Sqlite { 50 } else { 250 };
    for (what, words) in [("in every tenth case", COMMON), ("in twenty cases", RARE)] {
        for word in words {
            let said: String = word.bytes().map(|it| format!("%{it:02X}")).collect();
            let request = |_: usize, _: usize| {
                format!("GET /tickets?said={said} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\n\r\n")
            };
            // Once to warm it.
            client::crowd(address, 1, Duration::from_millis(300), 200, request)?;
            let served = client::crowd(address, 1, Duration::from_secs(2), 200, request)?;
            let (p50, p99) = (served.p50.as_secs_f64() * 1e3, served.p99.as_secs_f64() * 1e3);
            writeln!(
                out,
                "  search {} characters, {what:<20} p50 {p50:>6.1} ms, p99 {p99:>6.1} ms (target at most {most})",
                word.chars().count()
            )?;
        }
    }
    Ok(())
}

fn index_size(out: &mut StdoutLock<'_>, kind: Kind, house: &House) -> Result<()> {
    let (words, all): (i64, i64) = match kind {
        Kind::Sqlite => {
            let conn = rusqlite::Connection::open(house.folder().join("house.db"))?;
            let words =
                conn.query_row("select sum(length(block)) from store_words_data", [], |it| it.get(0))?;
            let all = "select page_count * page_size from pragma_page_count, pragma_page_size";
            (words, conn.query_row(all, [], |it| it.get(0))?)
        }
        Kind::Postgres => {
            let mut client = postgres::Client::connect(house.url(), postgres::NoTls)?;
            let row = client.query_one(
                "select pg_total_relation_size('store_words'), pg_database_size(current_database())",
                &[],
            )?;
            (row.get(0), row.get(1))
        }
    };
    Ok(writeln!(out, "  index of words {} MB of {} MB in all", words >> 20, all >> 20)?)
}

/// The same three rates by county, by hand.
const BY_HAND: &str = "select tenant, count(*), sum(case when contacted_v is not null then 1 else 0 end), sum(case when contacted_v = 'in_time' then 1 else 0 end), sum(case when solved is not null then 1 else 0 end), sum(case when solved = 'yes' then 1 else 0 end), sum(case when satisfied is not null then 1 else 0 end), sum(case when satisfied = 'yes' then 1 else 0 end) from tickets_tickets where city = 1 and filed_on >= '2024-01-01' and filed_on < '2025-01-01' group by tenant";

fn rates(
    out: &mut StdoutLock<'_>,
    kind: Kind,
    runtime: &Runtime,
    house: &House,
    city: &Browser,
) -> Result<()> {
    let by_hand = || -> Result<()> {
        match kind {
            Kind::Sqlite => {
                let conn = rusqlite::Connection::open(house.folder().join("house.db"))?;
                let mut found = conn.prepare(BY_HAND)?;
                let mut rows = found.query([])?;
                while rows.next()?.is_some() {}
            }
            Kind::Postgres => {
                let mut client = postgres::Client::connect(house.url(), postgres::NoTls)?;
                anyhow::ensure!(!client.query(BY_HAND, &[])?.is_empty());
            }
        }
        Ok(())
    };
    // A read that takes longer than the store lets it is told as that, and the rest is measured all the same.
    let page = || -> Result<bool> {
        let answer = runtime.block_on(city.get("/tickets/rates?month=2024"));
        anyhow::ensure!(answer.status == 503 || answer.body.contains("解决率"), "{}", answer.body);
        Ok(answer.status == 200)
    };
    // The months that are over are counted by the clock, a dozen a round, before anybody asks.
    let (started, mut months) = (Instant::now(), 0);
    loop {
        match runtime.block_on(tickets::settle(&house.app))? {
            0 => break,
            some => months += some,
        }
    }
    let each = started.elapsed().as_secs_f64() * 1e3 / f64::from(u32::try_from(months.max(1))?);
    writeln!(out, "  {months} months of a county settled beforehand, {each:.0} ms each")?;
    let (mut hands, mut pages) = (vec![], vec![]);
    for _ in 0..3 {
        hands.push(timed(by_hand)?);
        let started = Instant::now();
        if !page()? {
            let hand = median(&mut hands).as_secs_f64() * 1e3;
            return Ok(writeln!(
                out,
                "  three rates of the city's year: {hand:.0} ms by hand, the page takes longer than a read may"
            )?);
        }
        pages.push(started.elapsed());
    }
    let (hand, page) = (median(&mut hands).as_secs_f64(), median(&mut pages).as_secs_f64());
    writeln!(out, "  three rates of the city's year, by hand {:>8.0} ms", hand * 1e3)?;
    writeln!(out, "  the page: by county, company, category {:>9.0} ms", page * 1e3)?;
    Ok(writeln!(out, "  ratio {:>37.2}   (target at most 1.20)", page / hand)?)
}

/// Deadlines that all pass in one minute: how long until every case has gone its step.
fn flood(out: &mut StdoutLock<'_>, runtime: &Runtime, house: &House) -> Result<()> {
    let due = format!(
        "update tickets_tickets set stage = 'accepted', words = '', answered_v = null, solved = null, satisfied = null, closed_at = null, wakes_at = 1724115540000000 + id % 60000000, answer_by = 1724115540000000 + id % 60000000 where (tenant, id) in (select tenant, id from tickets_tickets where stage = 'closed' order by tenant, number desc limit {FLOOD})"
    );
    // Of two million rows it takes longer than a house's statement may.
    let due =
        if house.kind == Kind::Postgres { format!("set local statement_timeout = 0; {due}") } else { due };
    let house_given = house.given(move |tx| Ok(tx.given(&due)?));
    runtime.block_on(house_given);
    house.it_is("2024-08-20T01:00:01Z");
    let started = Instant::now();
    let mut woken = 0;
    loop {
        let some = runtime.block_on(tickets::wake_due(&house.app)).map_err(|it| anyhow::anyhow!("{it}"))?;
        woken += some;
        if some == 0 {
            break;
        }
    }
    let took = started.elapsed().as_secs_f64();
    Ok(writeln!(
        out,
        "  {woken} deadlines of one minute, each climbing a level: {took:.0} s, {:.0} /s",
        woken as f64 / took
    )?)
}
