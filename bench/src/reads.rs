//! The read path: the list of communities at 140 and at 12,000, against a handler that answers the same bytes.

use std::{
    io::{StdoutLock, Write as _},
    time::Duration,
};

use anyhow::Result;
use axum::{Router, response::Html, routing::get};
use kernel::{Role, Scope, Tenant};
use store::Kind;
use testkit::House;
use tokio::runtime::Runtime;

use crate::{client, serving, writes};

const BROWSERS: usize = 16;
const LASTING: Duration = Duration::from_secs(4);
const PATH: &str = "/registry/communities";

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if kind == Kind::Postgres && !testkit::has_postgres() {
            writeln!(out, "read path on PostgreSQL: not measured, there is no cluster")?;
            continue;
        }
        let name = if kind == Kind::Sqlite { "SQLite" } else { "PostgreSQL" };
        let (small, large) = (measure(out, kind, name, 140)?, measure(out, kind, name, 12_000)?);
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        writeln!(out, "  p99 at 12,000 against 140 {ratio:>16.2}   (target at most 1.50)")?;
    }
    Ok(())
}

fn measure(out: &mut StdoutLock<'_>, kind: Kind, name: &str, communities: usize) -> Result<Duration> {
    let runtime = Runtime::new()?;
    let house = runtime.block_on(async { House::new(kind, &writes::migrations(), |_| registry::routes()) });
    let (cookie, page) = runtime.block_on(async {
        furnish(&house, communities).await;
        let county = Scope::County(Tenant::from_number(1));
        let reader = house.as_somebody("县局", Role::CountyBureau, county).await;
        (reader.credentials().0, reader.get(PATH).await.body)
    });
    let address = serving::serve(&runtime, house.router())?;
    let same = page.clone();
    let bare = Router::new().route(PATH, get(move || async move { Html(same.clone()) }));
    let bare = serving::serve(&runtime, bare)?;
    let asked =
        |_: usize, _: usize| format!("GET {PATH} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\n\r\n");
    let least = client::crowd(bare, BROWSERS, LASTING, 200, asked)?;
    let whole = client::crowd(address, BROWSERS, LASTING, 200, asked)?;
    writeln!(
        out,
        "community list on {name}: {communities} communities, {BROWSERS} browsers, {} KB a page",
        whole.bytes >> 10
    )?;
    writes::told(out, "only sending the same bytes", &least)?;
    writes::told(out, "the page through the house", &whole)?;
    Ok(whole.p99)
}

const STEP: usize = 200;

async fn furnish(house: &House, communities: usize) {
    let companies = house
        .given(|tx| {
            let mut city = registry::seeding::luan(Some(40));
            city.counties.truncate(1);
            registry::seeding::places(tx, &city)?;
            Ok(registry::seeding::companies(tx, &city, 40)?)
        })
        .await;
    for from in (0..communities).step_by(STEP) {
        let companies = companies.clone();
        house
            .given(move |tx| {
                let city = registry::seeding::luan(Some(40));
                let range = from..(from + STEP).min(communities);
                registry::seeding::communities(tx, &city, &city.counties[0], range, &companies)
            })
            .await;
    }
    // What a running PostgreSQL does by itself within a minute.
    if house.kind == Kind::Postgres {
        house.given(|tx| Ok(tx.given("analyze")?)).await;
    }
}
