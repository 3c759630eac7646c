//! The read path: the list of communities and a campaign's ranking at 140 and at 12,000 communities, against a handler that
//! answers the same bytes. The ranking has the same twelve candidates in both: what grows is what is stored, not what is asked.

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
const LIST: &str = "/registry/communities";
/// Candidates of the ranking, two locked sheets each.
const CANDIDATES: usize = 12;

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if kind == Kind::Postgres && !testkit::has_postgres() {
            writeln!(out, "read path on PostgreSQL: not measured, there is no cluster")?;
            continue;
        }
        let name = if kind == Kind::Sqlite { "SQLite" } else { "PostgreSQL" };
        let (small, large) = (measure(out, kind, name, 140)?, measure(out, kind, name, 12_000)?);
        for (what, small, large) in [("list", small.0, large.0), ("ranking", small.1, large.1)] {
            let ratio = large.as_secs_f64() / small.as_secs_f64();
            writeln!(out, "  p99 at 12,000 against 140, {what:<8} {ratio:>9.2}   (target at most 1.50)")?;
        }
    }
    Ok(())
}

/// The list's p99 and the ranking's.
fn measure(
    out: &mut StdoutLock<'_>,
    kind: Kind,
    name: &str,
    communities: usize,
) -> Result<(Duration, Duration)> {
    let runtime = Runtime::new()?;
    let house = runtime.block_on(async {
        House::new(kind, &writes::migrations(), |_| registry::routes().merge(campaigns::routes()))
    });
    let (county, city, ranking) = runtime.block_on(async {
        furnish(&house, communities).await;
        let county = Scope::County(Tenant::from_number(1));
        let reader = house.as_somebody("县局", Role::CountyBureau, county).await;
        let owner = house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await;
        let ranking = scored(&house, &owner).await;
        (reader, owner, ranking)
    });
    let address = serving::serve(&runtime, house.router())?;
    let mut one = |what: &str, path: &str, reader: &testkit::Browser| -> Result<Duration> {
        let page = runtime.block_on(reader.get(path)).body;
        anyhow::ensure!(page.contains("</table>"), "{what} is empty: {page}");
        let cookie = reader.credentials().0;
        let bare = Router::new().route(path, get(move || async move { Html(page.clone()) }));
        let bare = serving::serve(&runtime, bare)?;
        let asked =
            |_: usize, _: usize| format!("GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\n\r\n");
        let least = client::crowd(bare, BROWSERS, LASTING, 200, asked)?;
        let whole = client::crowd(address, BROWSERS, LASTING, 200, asked)?;
        let size = whole.bytes >> 10;
        writeln!(out, "{what} on {name}: {communities} communities, {BROWSERS} browsers, {size} KB a page")?;
        writes::told(out, "only sending the same bytes", &least)?;
        writes::told(out, "the page through the house", &whole)?;
        Ok(whole.p99)
    };
    Ok((one("community list", LIST, &county)?, one("ranking", &ranking, &city)?))
}

/// A campaign whose candidates are scored; its ranking's address.
async fn scored(house: &House, owner: &testkit::Browser) -> String {
    let campaign = owner.submit("/campaigns", &[("pack", "luan-2024-beautiful-home")]).await.id();
    house
        .given(move |tx| {
            for n in 0..CANDIDATES {
                let application = tx.ctx.new_id(Tenant::from_number(1));
                tx.given(&format!("insert into campaigns_applications (tenant, id, city, subdistrict, neighborhood, community, enterprise, campaign, channel, stage, answers, version) select tenant, {application}, city, subdistrict, neighborhood, id, enterprise, {campaign}, 'self', 'accepted', '{{}}', 1 from registry_communities order by id limit 1 offset {n}"))?;
                tx.given(&format!("insert into campaigns_selected (tenant, campaign, selection, application, decided_on, decision) values (1, {campaign}, 'recommendation', {application}, '2024-08-14', '局长办公会')"))?;
                for assessor in 0..2 {
                    let sheet = tx.ctx.new_id(Tenant::from_number(1));
                    let marks = writes::marks_json(80 + n);
                    tx.given(&format!("insert into campaigns_sheets (tenant, id, campaign, application, assessor, stage, marks, locked_at, version) values (1, {sheet}, {campaign}, {application}, {}, 'locked', '{marks}', 1, 1)", 900 + assessor))?;
                }
            }
            Ok(())
        })
        .await;
    format!("/campaigns/{campaign}/ranking")
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
