//! Import: an XLSX of 150,000 records through the wizard, against reading it and inserting the same rows by prepared statement.

use std::{
    io::{StdoutLock, Write as _},
    time::{Duration, Instant},
};

use anyhow::Result;
use documents::{Cell, Column};
use kernel::{Place, Role, Scope, Tenant};
use store::Kind;
use testkit::House;
use tokio::runtime::Runtime;

use crate::writes;

const ROWS: usize = 150_000;
/// Rows the wizard puts into one unit of work.
const STEP: usize = 500;
/// As a county's own sheet has them: five hundred communities, a patrol a day each.
const COMMUNITIES: usize = 500;

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    let runtime = Runtime::new()?;
    let house =
        runtime.block_on(async { House::new(Kind::Sqlite, &writes::migrations(), |_| registry::routes()) });
    let (importer, names, places) = runtime.block_on(async {
        let names = house
            .given(|tx| {
                let mut city = registry::seeding::luan(Some(40));
                city.counties.truncate(1);
                registry::seeding::places(tx, &city)?;
                let companies = registry::seeding::companies(tx, &city, 2)?;
                registry::seeding::communities(tx, &city, &city.counties[0], 0..COMMUNITIES, &companies)?;
                let sql = "select number from registry_communities order by id";
                Ok(tx.all(sql, &[], |it| Ok(it.int("number")?.to_string()))?)
            })
            .await;
        let county = Scope::County(Tenant::from_number(1));
        let places = house
            .given(|tx| {
                let sql = "select tenant, city, subdistrict, neighborhood, id as community, enterprise from registry_communities order by id";
                Ok(tx.all(sql, &[], |it| it.place())?)
            })
            .await;
        (house.as_somebody("县局", Role::CountyBureau, county).await, names, places)
    });
    let sheet = sheet(&names)?;
    writeln!(out, "import: {ROWS} records, XLSX of {} MB", sheet.len() >> 20)?;
    let least = bare(house.folder(), &sheet, &places)?;
    let started = Instant::now();
    let (applied, staged) = runtime.block_on(async {
        let sent =
            importer.upload_with("/registry/imports", &[("register", "patrol")], "巡查.xlsx", &sheet).await;
        let to = sent.location.ok_or_else(|| anyhow::anyhow!("not staged: {}", sent.body))?;
        let staged = started.elapsed();
        let begun = importer.submit(&to, &[("mode", "all_or_nothing")]).await;
        anyhow::ensure!(begun.location.is_some(), "not begun: {}", begun.body);
        while !importer.get(&to).await.body.contains("导入完成") {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let sql = "select count(*) as n from registry_records where kind = 'patrol'";
        Ok((house.count(sql).await, staged))
    })?;
    let whole = started.elapsed();
    writeln!(out, "  reading, inserting the same rows   {:>8.1} s", least.as_secs_f64())?;
    writeln!(out, "  the wizard, {applied} records in      {:>8.1} s", whole.as_secs_f64())?;
    writeln!(out, "  of which read, staged, examined    {:>8.1} s", staged.as_secs_f64())?;
    Ok(writeln!(out, "  ratio {:>37.2}   (target at most 2.00)", whole.as_secs_f64() / least.as_secs_f64())?)
}

fn sheet(names: &[String]) -> Result<Vec<u8>> {
    let columns = ["小区", "事项", "日期"].map(|it| Column::text(it, 16));
    let days: Vec<String> = (0..=ROWS / names.len())
        .map(|it| (jiff::civil::date(2023, 8, 1) + jiff::Span::new().days(it as i64)).to_string())
        .collect();
    let rows: Vec<Vec<Cell>> = (0..ROWS)
        .map(|n| {
            vec![
                Cell::Text(names[n % names.len()].clone()),
                Cell::Text(format!("第{n}次巡查，飞线充电劝阻")),
                Cell::Text(days[n / names.len()].clone()),
            ]
        })
        .collect();
    Ok(documents::write_xlsx("巡查", &columns, &rows)?)
}

/// What only reads the file and puts the same rows into the same table, as many an fsync as the wizard does.
fn bare(folder: &std::path::Path, sheet: &[u8], places: &[Place]) -> Result<Duration> {
    let path = folder.join("bare.db");
    drop(store::Store::open(&format!("sqlite:{}", path.display()), &writes::migrations())?);
    let conn = rusqlite::Connection::open(&path)?;
    conn.execute_batch("pragma journal_mode = wal; pragma synchronous = full;")?;
    let started = Instant::now();
    let table = documents::read_table(sheet)?;
    for (batch, rows) in table.rows.chunks(STEP).enumerate() {
        conn.execute_batch("begin immediate")?;
        for (n, (_, cells)) in rows.iter().enumerate() {
            let id = (batch * STEP + n) as i64;
            let place = &places[id as usize % places.len()];
            conn.prepare_cached("insert into registry_records (tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, class, status, title, happened_on, evidence, batch, version) values (1, $1, 1, $2, $3, $4, $5, 'patrol', '', '', $6, $7, '', 1, 1)")?
                .execute(rusqlite::params![
                    id,
                    place.subdistrict,
                    place.neighborhood,
                    place.community,
                    place.enterprise,
                    cells[1],
                    cells[2]
                ])?;
        }
        conn.execute_batch("commit")?;
    }
    Ok(started.elapsed())
}
