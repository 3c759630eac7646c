//! Every statement about records; rows to nouns and back.

use ::store::{Listing, Result, Row, StoreError, Tx};
use kernel::{Place, Scope};

use super::types::Record;

const LIST: &str = include_str!("sql/list.sql");

/// A row of the list, with the community's name.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) record: Record,
    pub(crate) community: Option<String>,
    pub(crate) enterprise: Option<String>,
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Record, batch: Option<i64>) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.kind.clone().into(),
        it.class.clone().into(),
        it.status.clone().into(),
        it.title.clone().into(),
        it.happened_on.into(),
        it.ends_on.into(),
        it.part.into(),
        it.whole.into(),
        it.evidence.clone().into(),
        batch.into(),
    ];
    tx.change_one(include_str!("sql/add.sql"), &args)
}

/// The newest records of one register within a scope.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    kind: &str,
    after: Option<(String, i64)>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let (block, number) = scope.equality();
    let mut on = vec![block];
    if after.is_some() {
        on.push("after");
    }
    let (date, id) = after.unwrap_or_default();
    let args = [number.into(), kind.into(), date.into(), id.into(), limit.into()];
    tx.list(&Listing::of(LIST, &on, &args), |row| {
        Ok(Listed {
            record: read(row)?,
            community: row.maybe_text("community_name")?,
            enterprise: row.maybe_text("enterprise_name")?,
        })
    })
}

/// Everything that bears on one community: its own, its street's and its enterprise's.
pub(crate) fn bearing_on(tx: &mut Tx<'_>, place: &Place) -> Result<Vec<Record>> {
    let args =
        [place.tenant.into(), place.community.into(), place.subdistrict.into(), place.enterprise.into()];
    tx.all(include_str!("sql/bearing_on.sql"), &args, read)
}

/// The newest part ÷ households (or part ÷ whole) of one register for every community of a city, for ranking.
pub(crate) fn newest_of_city(tx: &mut Tx<'_>, city: i64, kind: &str) -> Result<Vec<(i64, i64, i64, i64)>> {
    tx.all(include_str!("sql/newest_of_city.sql"), &[city.into(), kind.into()], |it| {
        Ok((
            it.int("community")?,
            it.int("enterprise")?,
            it.maybe_int("part")?.unwrap_or(0),
            it.int("whole")?,
        ))
    })
}

fn read(row: &Row<'_>) -> Result<Record> {
    let happened_on = row.maybe_date("happened_on")?.ok_or(StoreError::Missing)?;
    Ok(Record {
        id: row.int("id")?.into(),
        place: Place {
            city: row.int("city")?,
            tenant: row.int("tenant")?,
            subdistrict: row.int("subdistrict")?,
            neighborhood: row.int("neighborhood")?,
            community: row.int("community")?,
            enterprise: row.int("enterprise")?,
        },
        kind: row.text("kind")?,
        class: row.text("class")?,
        status: row.text("status")?,
        title: row.text("title")?,
        happened_on,
        ends_on: row.maybe_date("ends_on")?,
        part: row.maybe_int("part")?,
        whole: row.maybe_int("whole")?,
        evidence: row.text("evidence")?,
        version: row.int("version")?,
    })
}
