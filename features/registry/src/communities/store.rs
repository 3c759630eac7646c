//! Every statement about communities; rows to nouns and back.

use std::collections::HashMap;

use ::store::{Listing, Result, Row, Tx, Value};
use kernel::{Area, Place, Scope, Tenant};

use super::{
    queries::Filter,
    types::{Community, CommunityId, Kind, Particulars, ServiceMode},
};
use crate::divisions;

const LIST: &str = include_str!("sql/list.sql");
const COUNT: &str = include_str!("sql/count.sql");

/// A row of the list, with the names of where it lies and who serves it.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) community: Community,
    pub(crate) county: String,
    pub(crate) subdistrict: String,
    pub(crate) neighborhood: String,
    pub(crate) enterprise: Option<String>,
}

/// # Errors
/// No such community.
pub fn load(tx: &mut Tx<'_>, id: CommunityId) -> Result<Community> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

/// The communities of a county with this name or this number; more than one is not told apart.
///
/// # Errors
/// When the store refuses.
pub fn called(tx: &mut Tx<'_>, tenant: Tenant, called: &str) -> Result<Vec<CommunityId>> {
    let number = number_of(called);
    let args = [i64::from(tenant.number()).into(), called.into(), number.into()];
    tx.all(include_str!("sql/called.sql"), &args, |it| Ok(it.int("id")?.into()))
}

/// The number people mean: 编号 as the pages show it, 舒城县-000012, or its tail; 0 for what is none.
fn number_of(called: &str) -> i64 {
    match called.rsplit_once('-') {
        Some((_, tail)) if tail.len() == 6 => tail.parse().unwrap_or(0),
        _ => called.parse().unwrap_or(0),
    }
}

/// Where the communities of a county lie, to be found by name or number; for work that asks about many of them.
pub(crate) struct Places {
    by_name: HashMap<String, Vec<Place>>,
    by_number: HashMap<i64, Place>,
}

impl Places {
    pub(crate) fn of(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Self> {
        let mut places = Self { by_name: HashMap::new(), by_number: HashMap::new() };
        let read = |it: &Row<'_>| Ok((it.text("name")?, it.int("number")?, it.place()?));
        for (name, number, place) in
            tx.all(include_str!("sql/places.sql"), &[i64::from(tenant.number()).into()], read)?
        {
            places.by_name.entry(name).or_default().push(place);
            places.by_number.insert(number, place);
        }
        Ok(places)
    }

    /// Every community of the county, by its number.
    pub(crate) fn all(self) -> Vec<Place> {
        let mut all: Vec<(i64, Place)> = self.by_number.into_iter().collect();
        all.sort_by_key(|it| it.0);
        all.into_iter().map(|it| it.1).collect()
    }

    /// Every community meant by a name or a number, as [`called`] tells.
    pub(crate) fn called(&self, called: &str) -> Vec<Place> {
        let mut found = self.by_name.get(called).cloned().unwrap_or_default();
        let numbered = self.by_number.get(&number_of(called));
        found.extend(numbered.filter(|it| !found.iter().any(|other| other.community == it.community)));
        found
    }
}

/// The subdistrict each community of a county lies in.
///
/// # Errors
/// When the store refuses.
pub fn subdistricts(tx: &mut Tx<'_>, tenant: Tenant) -> Result<HashMap<i64, i64>> {
    let all = Places::of(tx, tenant)?.all().into_iter();
    Ok(all.map(|it| (it.community, it.subdistrict)).collect())
}

pub(crate) fn named(tx: &mut Tx<'_>, place: &Place, name: &str) -> Result<Option<CommunityId>> {
    let args = [place.tenant.into(), place.neighborhood.into(), name.into()];
    tx.maybe(include_str!("sql/named.sql"), &args, |it| Ok(it.int("id")?.into()))
}

/// A community as anybody may find it, to say where something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: CommunityId,
    pub name: String,
    pub county: String,
    /// 舒城县 城关镇 桃溪社区.
    pub place: String,
}

/// The first twenty communities that are called so or lie there; nothing for less than two characters.
///
/// # Errors
/// When the store refuses.
pub fn found(tx: &mut Tx<'_>, name: &str) -> Result<Vec<Found>> {
    if name.trim().chars().count() < 2 {
        return Ok(vec![]);
    }
    let Some(words) = tx.search(WORDS, None, name) else { return Ok(vec![]) };
    tx.all(include_str!("sql/found.sql"), &[words], read_found)
}

/// One of them, by its id: what a code on a notice board leads to.
///
/// # Errors
/// When the store refuses.
pub fn found_one(tx: &mut Tx<'_>, id: i64) -> Result<Option<Found>> {
    let tenant = i64::from(Tenant::of_id(id).number());
    tx.maybe(include_str!("sql/found_one.sql"), &[tenant.into(), id.into()], read_found)
}

fn read_found(row: &Row<'_>) -> Result<Found> {
    Ok(Found {
        id: row.int("id")?.into(),
        name: row.text("name")?,
        county: row.text("county")?,
        place: row.text("place")?,
    })
}

pub(crate) fn next_number(tx: &mut Tx<'_>, tenant: Tenant) -> Result<i64> {
    tx.one(include_str!("sql/next_number.sql"), &[i64::from(tenant.number()).into()], |it| it.int("n"))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Community, batch: Option<i64>) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.enterprise.into(),
        it.number.into(),
        it.name.clone().into(),
        it.kind.code().into(),
        it.address.clone().into(),
        it.built_year.into(),
        it.floor_area.map(|it| it.0).into(),
        it.buildings.into(),
        it.entrances.into(),
        it.households.into(),
        it.service_mode.code().into(),
        it.note.clone().into(),
        batch.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)?;
    put_words(tx, &it.place, it.number, &it.name, &it.address)
}

/// What a community is found by.
const WORDS: &str = "community";
const INDEXED_AT_ONCE: i64 = 500;

/// Puts the words of the next communities after `(tenant, id)` into the index; the last of them, or nothing when all are there.
pub(crate) fn put_words_of_next(tx: &mut Tx<'_>, after: (i64, i64)) -> Result<Option<(i64, i64)>> {
    let args = [after.0.into(), after.1.into(), INDEXED_AT_ONCE.into()];
    let next = tx.all(include_str!("sql/wordless.sql"), &args, |it| {
        Ok((it.place()?, it.int("number")?, it.text("name")?, it.text("address")?))
    })?;
    for (place, number, name, address) in &next {
        put_words(tx, place, *number, name, address)?;
    }
    Ok(next.last().map(|it| (it.0.tenant, it.0.community)))
}

/// What is bound to `words($n)` to find the communities of a scope that are called so, lie there or have this number.
pub(crate) fn search(tx: &mut Tx<'_>, scope: &Scope, named: &str) -> Result<Option<Value>> {
    let county = divisions::county_of(tx, scope)?;
    Ok(tx.search(WORDS, county, named))
}

fn put_words(tx: &mut Tx<'_>, place: &Place, number: i64, name: &str, address: &str) -> Result<()> {
    let street = divisions::division(tx, place.subdistrict.into())?;
    let neighborhood = divisions::division(tx, place.neighborhood.into())?.name;
    // People tell communities of one name apart by their county: “舒城 盛世花园”, “舒城县盛世花园”.
    let county = match street.parent {
        Some(parent) => divisions::division(tx, parent)?.name,
        None => String::new(),
    };
    let numbers = format!("{number:06} {number}");
    let whole = format!("{county}{name}");
    tx.put_words(WORDS, place.community, &[&whole, address, &street.name, &neighborhood, &numbers])
}

/// The communities of a neighborhood, by name.
pub(crate) fn of_neighborhood(tx: &mut Tx<'_>, id: divisions::DivisionId) -> Result<Vec<Community>> {
    tx.all(include_str!("sql/of_neighborhood.sql"), &[i64::from(id).into()], read)
}

/// Puts a community under another neighborhood, for whoever saw this version.
pub(crate) fn put_in(
    tx: &mut Tx<'_>,
    it: &Community,
    place: &Place,
) -> std::result::Result<(), kernel::Problem> {
    let args = [
        place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        place.subdistrict.into(),
        place.neighborhood.into(),
    ];
    tx.save_version(include_str!("sql/put_in.sql"), &args)?;
    Ok(put_words(tx, place, it.number, &it.name, &it.address)?)
}

pub(crate) fn save(
    tx: &mut Tx<'_>,
    before: &Community,
    after: &Particulars,
) -> std::result::Result<(), kernel::Problem> {
    let args = [
        before.place.tenant.into(),
        i64::from(before.id).into(),
        before.version.into(),
        after.name.clone().into(),
        after.kind.code().into(),
        after.address.clone().into(),
        after.built_year.into(),
        after.floor_area.map(|it| it.0).into(),
        after.buildings.into(),
        after.entrances.into(),
        after.households.into(),
        after.service_mode.code().into(),
        after.note.clone().into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)?;
    Ok(put_words(tx, &before.place, before.number, &after.name, &after.address)?)
}

/// The enterprise that serves it from now on.
pub(crate) fn set_enterprise(tx: &mut Tx<'_>, tenant: i64, community: i64, enterprise: i64) -> Result<()> {
    tx.change_one(
        include_str!("sql/set_enterprise.sql"),
        &[tenant.into(), community.into(), enterprise.into()],
    )
}

pub(crate) fn undo_batch(tx: &mut Tx<'_>, tenant: i64, batch: i64) -> Result<()> {
    let gone =
        tx.all(include_str!("sql/undo_batch.sql"), &[tenant.into(), batch.into()], |it| it.int("id"))?;
    gone.into_iter().try_for_each(|it| tx.drop_words(it))
}

pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, limit: i64) -> Result<Vec<Listed>> {
    let (on, args) = switched(tx, scope, filter, limit)?;
    tx.list(&Listing::of(LIST, &on, &args), |row| {
        Ok(Listed {
            community: read(row)?,
            county: row.text("county_name")?,
            subdistrict: row.text("subdistrict_name")?,
            neighborhood: row.text("neighborhood_name")?,
            enterprise: row.maybe_text("enterprise_name")?,
        })
    })
}

/// How many a filter leaves, counted no further than `most`: a list's head must not cost more than its page.
pub(crate) fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, most: i64) -> Result<i64> {
    let (on, mut args) = switched(tx, scope, filter, 0)?;
    args[6] = most.into();
    let found = tx.list(&Listing::of(COUNT, &on, &args), |it| it.int("n"))?;
    Ok(found.first().copied().unwrap_or(0))
}

/// How many communities each part just below a county or a street has.
pub(crate) fn counts_below(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(i64, i64)>> {
    let (sql, number) = match *scope {
        Scope::County(tenant) => (include_str!("sql/counts_by_subdistrict.sql"), i64::from(tenant.number())),
        Scope::Subdistrict(id) => (include_str!("sql/counts_by_neighborhood.sql"), id),
        _ => return Ok(vec![]),
    };
    tx.all(sql, &[number.into()], |row| Ok((row.int("body")?, row.int("n")?)))
}

/// How many communities each county of a city has, and how many of them are managed.
pub(crate) fn counts_by_county(tx: &mut Tx<'_>, city: i64) -> Result<Vec<(i64, i64, i64)>> {
    tx.all(include_str!("sql/counts_by_county.sql"), &[city.into()], |it| {
        Ok((it.int("tenant")?, it.int("n")?, it.int("managed")?))
    })
}

fn switched(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    limit: i64,
) -> Result<(Vec<&'static str>, Vec<Value>)> {
    let (block, number) = scope.equality();
    let words = search(tx, scope, &filter.named)?;
    let mut on = vec![block];
    let mut switch = |wanted: bool, block: &'static str| {
        if wanted {
            on.push(block)
        }
    };
    switch(filter.county.is_some(), "in_county");
    switch(filter.subdistrict.is_some(), "in_subdistrict");
    switch(filter.kind.is_some(), "kind");
    switch(filter.service_mode.is_some(), "mode");
    switch(words.is_some(), "named");
    switch(filter.by_households, "by_households");
    switch(!filter.by_households, "by_name");
    switch(filter.after.is_some() && filter.by_households, "after_by_households");
    switch(filter.after.is_some() && !filter.by_households, "after_by_name");
    let (value, id) = filter.after.as_ref().map_or((String::new(), 0), |it| (it.value.clone(), it.id));
    let args = vec![
        number.into(),
        filter.county.into(),
        filter.subdistrict.into(),
        filter.kind.map(Kind::code).into(),
        filter.service_mode.map(ServiceMode::code).into(),
        words.unwrap_or(Value::Null),
        value.clone().into(),
        id.into(),
        value.parse::<i64>().unwrap_or(0).into(),
        limit.into(),
    ];
    Ok((on, args))
}

fn read(row: &Row<'_>) -> Result<Community> {
    let id = row.int("id")?;
    Ok(Community {
        id: id.into(),
        place: Place {
            city: row.int("city")?,
            tenant: row.int("tenant")?,
            subdistrict: row.int("subdistrict")?,
            neighborhood: row.int("neighborhood")?,
            community: id,
            enterprise: row.int("enterprise")?,
        },
        number: row.int("number")?,
        name: row.text("name")?,
        // The table's checks leave nothing else.
        kind: Kind::from_code(&row.text("kind")?).unwrap_or(Kind::Other),
        address: row.text("address")?,
        built_year: row.maybe_int("built_year")?,
        floor_area: row.maybe_int("floor_area")?.map(Area),
        buildings: row.maybe_int("buildings")?,
        entrances: row.maybe_int("entrances")?,
        households: row.int("households")?,
        service_mode: ServiceMode::from_code(&row.text("service_mode")?).unwrap_or(ServiceMode::None),
        note: row.text("note")?,
        version: row.int("version")?,
    })
}
