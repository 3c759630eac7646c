//! Every statement about records; rows to nouns and back.

use ::store::{Listing, Result, Row, StoreError, Tx, Value};
use jiff::civil::Date;
use kernel::{Place, Problem, Scope, Tenant};

use super::{
    queries::Filter,
    standings::Figure,
    types::{Record, RecordId},
};
use crate::communities::store as communities;

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
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: RecordId) -> Result<Record> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Record) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.place.enterprise.into(),
        it.class.clone().into(),
        it.status.clone().into(),
        it.title.clone().into(),
        it.happened_on.into(),
        it.ends_on.into(),
        it.part.into(),
        it.whole.into(),
        it.evidence.clone().into(),
        it.void_reason.clone().into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// Whether the register has this record already: same community, day, class, words and enterprise.
pub(crate) fn is_there(tx: &mut Tx<'_>, it: &Record) -> Result<bool> {
    let args = [
        it.place.tenant.into(),
        it.place.community.into(),
        it.kind.clone().into(),
        it.happened_on.into(),
        it.class.clone().into(),
        it.title.clone().into(),
        it.place.enterprise.into(),
    ];
    Ok(tx.maybe(include_str!("sql/same.sql"), &args, |it| it.int("id"))?.is_some())
}

/// Takes an imported batch back out.
pub(crate) fn undo_batch(tx: &mut Tx<'_>, tenant: i64, batch: i64) -> Result<u64> {
    tx.change(include_str!("sql/undo_batch.sql"), &[tenant.into(), batch.into()])
}

/// Community and enterprise of an imported batch, oldest first.
pub(crate) fn of_batch(tx: &mut Tx<'_>, tenant: i64, batch: i64) -> Result<Vec<(i64, i64)>> {
    tx.all(include_str!("sql/of_batch.sql"), &[tenant.into(), batch.into()], |it| {
        Ok((it.int("community")?, it.int("enterprise")?))
    })
}

/// The records of one register within a scope, narrowed.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, limit: i64) -> Result<Vec<Listed>> {
    let (block, number) = scope.equality();
    let words = communities::search(tx, scope, &filter.named)?;
    let mut on = vec![block];
    let mut switch = |wanted: bool, block: &'static str| {
        if wanted {
            on.push(block)
        }
    };
    switch(words.is_some(), "named");
    switch(filter.from.is_some(), "from");
    switch(filter.to.is_some(), "to");
    switch(!filter.class.is_empty(), "class");
    switch(!filter.status.is_empty(), "status");
    switch(filter.oldest_first, "by_oldest");
    switch(!filter.oldest_first, "by_newest");
    switch(filter.after.is_some() && filter.oldest_first, "after_by_oldest");
    switch(filter.after.is_some() && !filter.oldest_first, "after_by_newest");
    let (date, id) = filter.after.as_ref().map_or((String::new(), 0), |it| (it.value.clone(), it.id));
    let args = [
        number.into(),
        filter.kind.into(),
        words.unwrap_or(Value::Null),
        filter.from.into(),
        filter.to.into(),
        filter.class.clone().into(),
        filter.status.clone().into(),
        date.into(),
        id.into(),
        limit.into(),
    ];
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

/// The newest figure of one register for every community of a city (of every enterprise, for its credit), or the newest until a day.
pub(crate) fn newest_of_city(
    tx: &mut Tx<'_>,
    city: i64,
    kind: &str,
    until: Option<Date>,
) -> Result<Vec<Figure>> {
    let args = [city.into(), kind.into(), until.unwrap_or(Date::MAX).into()];
    tx.all(include_str!("sql/newest_of_city.sql"), &args, |it| {
        Ok(Figure {
            community: it.int("community")?,
            enterprise: it.int("enterprise")?,
            part: it.maybe_int("part")?.unwrap_or(0),
            whole: it.int("whole")?,
        })
    })
}

/// How many communities of each place just below have a record of one kind and of one of up to three classes in force on a day; of a
/// neighborhood its communities themselves.
pub(crate) fn communities_with(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (kind, classes): (&str, [&str; 3]),
    today: Date,
) -> Result<Vec<(i64, i64)>> {
    let (sql, number) = match *scope {
        Scope::City(id) => (include_str!("sql/with_by_county.sql"), id),
        Scope::County(tenant) => (include_str!("sql/with_by_subdistrict.sql"), i64::from(tenant.number())),
        Scope::Subdistrict(id) => (include_str!("sql/with_by_neighborhood.sql"), id),
        Scope::Neighborhood(id) => (include_str!("sql/with_by_community.sql"), id),
        _ => return Ok(vec![]),
    };
    let [first, second, third] = classes;
    let args = [number.into(), kind.into(), first.into(), second.into(), third.into(), today.into()];
    tx.all(sql, &args, |it| Ok((it.int("body")?, it.int("n")?)))
}

/// The stamps of a city's counties, by county.
pub(crate) fn stamps(tx: &mut Tx<'_>, city: i64) -> Result<Vec<(i64, i64)>> {
    tx.all(include_str!("sql/stamps.sql"), &[city.into()], |it| Ok((it.int("tenant")?, it.int("stamp")?)))
}

pub(crate) fn put_stamp(tx: &mut Tx<'_>, tenant: Tenant, city: i64, stamp: i64) -> Result<()> {
    let tenant = i64::from(tenant.number());
    tx.change_one(include_str!("sql/put_stamp.sql"), &[tenant.into(), city.into(), stamp.into()])
}

fn read(row: &Row<'_>) -> Result<Record> {
    let happened_on = row.maybe_date("happened_on")?.ok_or(StoreError::Missing)?;
    Ok(Record {
        id: row.int("id")?.into(),
        place: row.place()?,
        kind: row.text("kind")?,
        class: row.text("class")?,
        status: row.text("status")?,
        title: row.text("title")?,
        happened_on,
        ends_on: row.maybe_date("ends_on")?,
        part: row.maybe_int("part")?,
        whole: row.maybe_int("whole")?,
        evidence: row.text("evidence")?,
        void_reason: row.maybe_text("void_reason")?,
        version: row.int("version")?,
    })
}
