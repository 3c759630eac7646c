//! Every statement about parts; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx, Value};
use kernel::{Problem, Tenant};

use super::types::{Outcome, Part};
use crate::cases::types::{Body, TicketId};

fn tenant(id: TicketId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Part) -> Result<()> {
    let (kind, unit): (Value, Value) = match it.body.map(Body::code) {
        Some((kind, unit)) => (kind.into(), unit.into()),
        None => (Value::Null, Value::Null),
    };
    let args = [
        tenant(it.ticket).into(),
        i64::from(it.ticket).into(),
        it.n.into(),
        kind,
        unit,
        it.named.clone().into(),
        it.task.clone().into(),
        it.due_on.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn of_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Vec<Part>> {
    tx.all(include_str!("sql/of_ticket.sql"), &[tenant(id).into(), i64::from(id).into()], read)
}

/// Parts a body was asked for and has not reported on, those due first; in the county its cases are of.
pub(crate) fn open_of(tx: &mut Tx<'_>, tenant: i64, body: Body) -> Result<Vec<Part>> {
    let (kind, unit) = body.code();
    let args = [tenant.into(), kind.into(), unit.into()];
    tx.all(include_str!("sql/open_of.sql"), &args, read)
}

/// Parts a body has reported on or given back, the newest first.
pub(crate) fn closed_of(tx: &mut Tx<'_>, tenant: i64, body: Body, outcome: &str) -> Result<Vec<Part>> {
    let (kind, unit) = body.code();
    let args = [tenant.into(), kind.into(), unit.into(), outcome.into()];
    tx.all(include_str!("sql/closed_of.sql"), &args, read)
}

pub(crate) fn close(tx: &mut Tx<'_>, it: &Part) -> std::result::Result<(), Problem> {
    let (code, words, at, by) = match &it.outcome {
        Outcome::Open => return Ok(()),
        Outcome::Done { at, by, words } => ("done", words, *at, by),
        Outcome::Withdrawn { at, by, words } => ("withdrawn", words, *at, by),
        Outcome::Refused { at, by, words } => ("refused", words, *at, by),
    };
    let args = [
        tenant(it.ticket).into(),
        i64::from(it.ticket).into(),
        it.n.into(),
        it.version.into(),
        code.into(),
        words.clone().into(),
        at.into(),
        by.clone().into(),
    ];
    tx.save_version(include_str!("sql/close.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Part> {
    let body = row.maybe_text("kind")?.zip(row.maybe_int("unit")?);
    let (words, by) = (row.text("words")?, row.text("closed_by")?);
    let outcome = match (row.text("outcome")?.as_str(), row.maybe_time("closed_at")?) {
        ("done", Some(at)) => Outcome::Done { at, by, words },
        ("withdrawn", Some(at)) => Outcome::Withdrawn { at, by, words },
        ("refused", Some(at)) => Outcome::Refused { at, by, words },
        _ => Outcome::Open,
    };
    Ok(Part {
        ticket: row.int("ticket")?.into(),
        n: row.int("n")?,
        body: body.and_then(|(kind, unit)| Body::from_code(&kind, unit)),
        named: row.text("named")?,
        task: row.text("task")?,
        due_on: row.maybe_date("due_on")?.ok_or(StoreError::Missing)?,
        outcome,
        version: row.int("version")?,
    })
}
