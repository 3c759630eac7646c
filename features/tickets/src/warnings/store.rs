//! Every statement about warnings, and what they look at; rows to nouns and back.

use ::store::{Listing, Result, Row, StoreError, Tx};
use jiff::{Timestamp, civil::Date};
use kernel::{Problem, Scope, Tenant};

use super::types::{Warning, WarningId};
use crate::cases::types::Body;

/// What one look brings back at most.
const MOST: i64 = 200;

pub(crate) fn load(tx: &mut Tx<'_>, id: WarningId) -> Result<Warning> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

pub(crate) fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    only_open: bool,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Warning>> {
    let (block, number) = scope.equality();
    let mut on = vec![block];
    if only_open {
        on.push("open");
    }
    if after.is_some() {
        on.push("after");
    }
    let args = [number.into(), after.unwrap_or(0).into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/list.sql"), &on, &args), read)
}

/// Raises it, unless it has been raised before. Says whether it was.
pub(crate) fn add(tx: &mut Tx<'_>, it: &Warning) -> Result<bool> {
    let (kind, number) = it.reactor.code();
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.kind.clone().into(),
        it.subject.clone().into(),
        it.ticket.into(),
        it.words.clone().into(),
        it.raised_at.into(),
        it.react_by.into(),
        kind.into(),
        number.into(),
    ];
    Ok(tx.change(include_str!("sql/add.sql"), &args)? == 1)
}

pub(crate) fn react(tx: &mut Tx<'_>, it: &Warning, reaction: &str) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        reaction.into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.save_version(include_str!("sql/react.sql"), &args)
}

/// An open case whose deadline lies in a span and that no warning of this kind names yet.
pub(crate) struct Due {
    pub(crate) ticket: i64,
    pub(crate) community: i64,
    pub(crate) number: i64,
    pub(crate) round: i64,
    pub(crate) answer_by: Timestamp,
}

pub(crate) fn due(tx: &mut Tx<'_>, tenant: i64, until: Timestamp, kind: &str) -> Result<Vec<Due>> {
    let args = [tenant.into(), tx.ctx.now.into(), until.into(), kind.into(), MOST.into()];
    tx.all(include_str!("sql/due.sql"), &args, read_due)
}

/// What is late, be it whistled and with another deadline by now, and was not warned of.
pub(crate) fn overdue(tx: &mut Tx<'_>, tenant: i64, kind: &str) -> Result<Vec<Due>> {
    let args = [tenant.into(), tx.ctx.now.into(), kind.into(), MOST.into()];
    tx.all(include_str!("sql/overdue.sql"), &args, read_due)
}

fn read_due(it: &Row<'_>) -> Result<Due> {
    Ok(Due {
        ticket: it.int("id")?,
        community: it.int("community")?,
        number: it.int("number")?,
        round: it.int("round")?,
        answer_by: it.time("answer_by")?,
    })
}

/// Something that happened several times: where, what tells it apart, how often, and the newest case.
pub(crate) struct Often {
    pub(crate) community: i64,
    pub(crate) mark: String,
    pub(crate) building: String,
    pub(crate) n: i64,
    pub(crate) newest: i64,
}

pub(crate) fn repeat_reporter(tx: &mut Tx<'_>, tenant: i64, since: Date, times: i64) -> Result<Vec<Often>> {
    let args = [tenant.into(), since.into(), times.into(), MOST.into()];
    tx.all(include_str!("sql/repeat_reporter.sql"), &args, |it| often(it, Some("reporter"), None))
}

pub(crate) fn same_place(tx: &mut Tx<'_>, tenant: i64, since: Date, times: i64) -> Result<Vec<Often>> {
    let args = [tenant.into(), since.into(), times.into(), MOST.into()];
    tx.all(include_str!("sql/same_place.sql"), &args, |it| often(it, Some("category"), Some("building")))
}

pub(crate) fn many_anonymous(tx: &mut Tx<'_>, tenant: i64, since: Date, times: i64) -> Result<Vec<Often>> {
    let args = [tenant.into(), since.into(), times.into(), MOST.into()];
    tx.all(include_str!("sql/many_anonymous.sql"), &args, |it| often(it, None, None))
}

fn often(row: &Row<'_>, mark: Option<&str>, building: Option<&str>) -> Result<Often> {
    let text = |column: Option<&str>| column.map(|it| row.text(it)).transpose();
    Ok(Often {
        community: row.int("community")?,
        mark: text(mark)?.unwrap_or_default(),
        building: text(building)?.unwrap_or_default(),
        n: row.int("n")?,
        newest: row.int("newest")?,
    })
}

/// Community, cases since `week`, cases before it since `earlier`, the newest case.
pub(crate) fn weeks(
    tx: &mut Tx<'_>,
    tenant: i64,
    (earlier, week): (Date, Date),
    times: i64,
) -> Result<Vec<(i64, i64, i64, i64)>> {
    let args = [tenant.into(), earlier.into(), week.into(), times.into(), MOST.into()];
    tx.all(include_str!("sql/weeks.sql"), &args, |it| {
        Ok((it.int("community")?, it.int("week")?, it.int("earlier")?, it.int("newest")?))
    })
}

fn read(row: &Row<'_>) -> Result<Warning> {
    let reactor = Body::from_code(&row.text("reactor_kind")?, row.int("reactor")?);
    Ok(Warning {
        id: row.int("id")?.into(),
        place: row.place()?,
        kind: row.text("kind")?,
        subject: row.text("subject")?,
        ticket: row.int("ticket")?,
        words: row.text("words")?,
        raised_at: row.time("raised_at")?,
        react_by: row.time("react_by")?,
        reactor: reactor.ok_or(StoreError::Missing)?,
        reaction: row.maybe_text("reaction")?,
        reacted_at: row.maybe_time("reacted_at")?,
        version: row.int("version")?,
    })
}
