//! Every statement about objections; rows to nouns and back.

use ::store::{Result, Row, Tx};
use jiff::Timestamp;
use kernel::{Problem, Tenant, UserId};

use super::types::{Objection, ObjectionId, Outcome};

fn tenant(id: i64) -> i64 {
    i64::from(Tenant::of_id(id).number())
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Objection) -> Result<()> {
    let args = [
        tenant(it.subject).into(),
        i64::from(it.id).into(),
        it.subject.into(),
        it.body.clone().into(),
        it.contact.clone().into(),
        it.filed_at.into(),
        it.person.map_or(0, i64::from).into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: ObjectionId) -> Result<Objection> {
    let id = i64::from(id);
    tx.one(include_str!("sql/load.sql"), &[tenant(id).into(), id.into()], read)
}

pub(crate) fn of_subject(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<Objection>> {
    tx.all(include_str!("sql/of_subject.sql"), &[tenant(subject).into(), subject.into()], read)
}

/// How many are unanswered, and how many were upheld.
pub(crate) fn counts(tx: &mut Tx<'_>, subject: i64) -> Result<(i64, i64)> {
    let args = [tenant(subject).into(), subject.into()];
    tx.one(include_str!("sql/counts.sql"), &args, |it| Ok((it.int("open")?, it.int("upheld")?)))
}

/// What waits for an answer in a county: each posting with its oldest objection, the longest waiting first.
pub(crate) fn open_in(tx: &mut Tx<'_>, tenant: i64) -> Result<Vec<(i64, Timestamp)>> {
    let mut waiting: Vec<(i64, Timestamp)> = vec![];
    let read = |it: &Row<'_>| Ok((it.int("subject")?, it.time("filed_at")?));
    for it in tx.all(include_str!("sql/open_in.sql"), &[tenant.into()], read)? {
        if waiting.iter().all(|known| known.0 != it.0) {
            waiting.push(it);
        }
    }
    Ok(waiting)
}

/// How many were upheld after `since`.
pub(crate) fn upheld_since(tx: &mut Tx<'_>, subject: i64, since: Timestamp) -> Result<i64> {
    let args = [tenant(subject).into(), subject.into(), since.into()];
    tx.one(include_str!("sql/upheld_since.sql"), &args, |it| it.int("n"))
}

pub(crate) fn answer(tx: &mut Tx<'_>, it: &Objection) -> std::result::Result<(), Problem> {
    let (Outcome::Upheld { answer } | Outcome::Dismissed { answer }) = &it.outcome else { return Ok(()) };
    let args = [
        tenant(it.subject).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.outcome.code().into(),
        answer.clone().into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.save_version(include_str!("sql/answer.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Objection> {
    let answer = row.maybe_text("answer")?.unwrap_or_default();
    let outcome = match row.text("outcome")?.as_str() {
        "upheld" => Outcome::Upheld { answer },
        "dismissed" => Outcome::Dismissed { answer },
        _ => Outcome::Open,
    };
    Ok(Objection {
        id: row.int("id")?.into(),
        subject: row.int("subject")?,
        body: row.text("body")?,
        contact: row.text("contact")?,
        filed_at: row.time("filed_at")?,
        person: Some(row.int("person")?).filter(|it| *it != 0).map(UserId::from),
        outcome,
        version: row.int("version")?,
    })
}
