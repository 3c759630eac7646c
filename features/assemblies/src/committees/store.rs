//! Every statement about committees and their duties; rows to nouns and back. Members are sealed here and nowhere else.

use ::store::{Listing, Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use jiff::civil::Date;
use kernel::{Place, Problem, Scope, Tenant};

use super::types::{Committee, CommitteeId, Done, Grade, Kind};

/// The tenant a committee, and all that is kept of it, lies with.
pub(crate) fn tenant(id: CommitteeId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}

fn sealed(vault: &Vault, it: &Committee) -> std::result::Result<String, Problem> {
    let text = serde_json::to_string(&it.members).map_err(StoreError::from)?;
    Ok(vault.seal(&text).map_err(Problem::Broken)?.0)
}

pub(crate) fn add(tx: &mut Tx<'_>, vault: &Vault, it: &Committee) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.n.into(),
        it.kind.code().into(),
        it.elected_on.into(),
        it.term_ends_on.into(),
        i64::from(it.common_income).into(),
        sealed(vault, it)?.into(),
        it.seats.into(),
        (it.sitting().count() as i64).into(),
    ];
    Ok(tx.put(include_str!("sql/add.sql"), &args)?)
}

pub(crate) fn load(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<Committee> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.one(include_str!("sql/load.sql"), &args, |it| read(it, vault))
}

/// The committee that sits in a community now, if one does.
pub(crate) fn newest(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Option<Committee>> {
    tx.maybe(include_str!("sql/newest.sql"), &[community.into()], |it| read(it, vault))
}

/// The committee whose term ended last.
pub(crate) fn before(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Option<Committee>> {
    tx.maybe(include_str!("sql/before.sql"), &[community.into()], |it| read(it, vault))
}

pub(crate) fn next(tx: &mut Tx<'_>, place: &Place) -> Result<i64> {
    tx.one(include_str!("sql/next.sql"), &[place.tenant.into(), place.community.into()], |it| it.int("n"))
}

pub(crate) fn save(tx: &mut Tx<'_>, vault: &Vault, it: &Committee) -> std::result::Result<(), Problem> {
    let ended = it.ended.as_ref();
    let args = [
        tenant(it.id).into(),
        i64::from(it.id).into(),
        it.version.into(),
        sealed(vault, it)?.into(),
        (it.sitting().count() as i64).into(),
        i64::from(ended.is_some()).into(),
        ended.map(|it| it.0).into(),
        ended.map_or("", |it| it.1.as_str()).into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// Sitting committees, the term that ends first before the others.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    vault: &Vault,
    scope: &Scope,
    until: Option<Date>,
    after: Option<(Date, i64)>,
    limit: i64,
) -> Result<Vec<Committee>> {
    let (block, number) = scope.equality();
    let on: Vec<&str> =
        [block].into_iter().chain(until.map(|_| "until")).chain(after.map(|_| "after")).collect();
    let args = [
        number.into(),
        until.unwrap_or_default().into(),
        after.map(|it| it.0).unwrap_or_default().into(),
        after.map_or(0, |it| it.1).into(),
        limit.into(),
    ];
    tx.list(&Listing::of(include_str!("sql/list.sql"), &on, &args), |it| read(it, vault))
}

/// How many sit, or sit past the end of their term when a day is given.
pub(crate) fn count(tx: &mut Tx<'_>, scope: &Scope, until: Option<Date>) -> Result<i64> {
    let (block, number) = scope.equality();
    let on: Vec<&str> = [block].into_iter().chain(until.map(|_| "until")).collect();
    let args = [number.into(), until.unwrap_or_default().into()];
    let listing = Listing::of(include_str!("sql/count.sql"), &on, &args);
    tx.one(&listing.sql, &listing.args, |it| it.int("n"))
}

pub(crate) fn add_duty(tx: &mut Tx<'_>, id: CommitteeId, it: &Done) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.key.clone().into(),
        it.done_on.into(),
        it.words.clone().into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
        it.grade.map_or("", Grade::code).into(),
    ];
    tx.put(include_str!("sql/add_duty.sql"), &args)
}

pub(crate) fn duties(tx: &mut Tx<'_>, id: CommitteeId) -> Result<Vec<Done>> {
    tx.all(include_str!("sql/duties.sql"), &[tenant(id).into(), i64::from(id).into()], |row| {
        Ok(Done {
            key: row.text("key")?,
            done_on: day(row, "done_on")?,
            words: row.text("words")?,
            grade: Grade::from_code(&row.text("grade")?),
        })
    })
}

fn day(row: &Row<'_>, column: &str) -> Result<Date> {
    row.maybe_date(column)?.ok_or(StoreError::Missing)
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Committee> {
    let members = vault.open_sealed(&Sealed(row.text("members")?)).map_err(StoreError::Broken)?;
    let reason = row.text("reason")?;
    Ok(Committee {
        id: row.int("id")?.into(),
        place: row.place()?,
        n: row.int("n")?,
        kind: Kind::from_code(&row.text("kind")?).ok_or(StoreError::Missing)?,
        elected_on: day(row, "elected_on")?,
        term_ends_on: day(row, "term_ends_on")?,
        common_income: row.int("common_income")? == 1,
        members: serde_json::from_str(&members)?,
        seats: row.int("seats")?,
        ended: row.maybe_date("ended_on")?.map(|it| (it, reason)),
        version: row.int("version")?,
    })
}

/// The committees of a place that sit: all of them, those of owners, those past their term.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Below {
    pub(crate) sitting: i64,
    pub(crate) owners: i64,
    pub(crate) expired: i64,
    /// With a supervisor, an audit or a yearly report on record.
    pub(crate) supervised: i64,
}

/// Sitting committees in each part just below a place, and how many of them have outlived their term.
pub(crate) fn counts_below(tx: &mut Tx<'_>, scope: &Scope, today: Date) -> Result<Vec<(i64, Below)>> {
    let (sql, number) = match *scope {
        Scope::City(id) => (include_str!("sql/by_county.sql"), id),
        Scope::County(tenant) => (include_str!("sql/by_subdistrict.sql"), i64::from(tenant.number())),
        Scope::Subdistrict(id) => (include_str!("sql/by_neighborhood.sql"), id),
        _ => return Ok(vec![]),
    };
    tx.all(sql, &[number.into(), today.into()], |it| {
        let below = Below {
            sitting: it.int("n")?,
            owners: it.int("owners")?,
            expired: it.int("expired")?,
            supervised: it.int("supervised")?,
        };
        Ok((it.int("body")?, below))
    })
}
