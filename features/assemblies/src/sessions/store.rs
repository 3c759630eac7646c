//! Every statement about sessions; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::Problem;

use super::types::{Held, Session, Stage};
use crate::committees::{tenant, types::CommitteeId};

pub(crate) fn next(tx: &mut Tx<'_>, id: CommitteeId) -> Result<i64> {
    tx.one(include_str!("sql/next.sql"), &[tenant(id).into(), i64::from(id).into()], |it| it.int("n"))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Session) -> Result<()> {
    let args = [
        tenant(it.committee).into(),
        i64::from(it.committee).into(),
        it.n.into(),
        it.title.clone().into(),
        serde_json::to_string(&it.agenda)?.into(),
        it.room.clone().into(),
        it.called_on.into(),
        it.proposed_on.into(),
        it.held_on.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: CommitteeId, n: i64) -> Result<Session> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id).into(), i64::from(id).into(), n.into()], read)
}

/// The newest hundred.
pub(crate) fn of_committee(tx: &mut Tx<'_>, id: CommitteeId) -> Result<Vec<Session>> {
    tx.all(include_str!("sql/of_committee.sql"), &[tenant(id).into(), i64::from(id).into()], read)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Session) -> std::result::Result<(), Problem> {
    let nothing =
        Held { present: vec![], sitting: 0, agreed: vec![], record: String::new(), published_on: None };
    let (code, held, reason) = match &it.stage {
        Stage::Called => ("called", &nothing, ""),
        Stage::Held(held) => ("held", held, ""),
        Stage::Cancelled { reason } => ("cancelled", &nothing, reason.as_str()),
    };
    let json = |it: &[usize]| serde_json::to_string(it).map_err(StoreError::from);
    let args = [
        tenant(it.committee).into(),
        i64::from(it.committee).into(),
        it.n.into(),
        it.version.into(),
        code.into(),
        json(&held.present)?.into(),
        (held.sitting as i64).into(),
        json(&held.agreed)?.into(),
        held.record.clone().into(),
        held.published_on.into(),
        reason.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Session> {
    let day = |column: &str| row.maybe_date(column)?.ok_or(StoreError::Missing);
    let stage = match row.text("stage")?.as_str() {
        "called" => Stage::Called,
        "cancelled" => Stage::Cancelled { reason: row.text("reason")? },
        _ => Stage::Held(Held {
            present: serde_json::from_str(&row.text("present")?)?,
            sitting: usize::try_from(row.int("sitting")?).unwrap_or_default(),
            agreed: serde_json::from_str(&row.text("agreed")?)?,
            record: row.text("record")?,
            published_on: row.maybe_date("published_on")?,
        }),
    };
    Ok(Session {
        committee: row.int("committee")?.into(),
        n: row.int("n")?,
        title: row.text("title")?,
        agenda: serde_json::from_str(&row.text("agenda")?)?,
        room: row.text("room")?,
        called_on: day("called_on")?,
        proposed_on: row.maybe_date("proposed_on")?,
        held_on: day("held_on")?,
        stage,
        version: row.int("version")?,
    })
}
