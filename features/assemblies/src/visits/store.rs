//! Every statement about visits; rows to nouns and back.

use ::store::{Result, Tx};

use super::types::{Visit, VisitId};
use crate::decisions::{DecisionId, store::tenant};

pub(crate) fn add(tx: &mut Tx<'_>, decision: DecisionId, it: &Visit) -> Result<()> {
    let args = [
        tenant(decision).into(),
        i64::from(it.id).into(),
        i64::from(decision).into(),
        it.unit.clone().into(),
        it.what.clone().into(),
        it.note.clone().into(),
        i64::from(it.person).into(),
        it.at.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// Every visit at a unit's door, the newest first.
pub(crate) fn of_unit(tx: &mut Tx<'_>, decision: DecisionId, unit: &str) -> Result<Vec<Visit>> {
    let args = [tenant(decision).into(), i64::from(decision).into(), unit.into()];
    tx.all(include_str!("sql/of_unit.sql"), &args, |row| {
        Ok(Visit {
            id: VisitId::from(row.int("id")?),
            unit: row.text("unit")?,
            what: row.text("what")?,
            note: row.text("note")?,
            person: row.int("person")?.into(),
            at: row.time("at")?,
        })
    })
}

/// Whether a visit was one for this vote.
pub(crate) fn is_of(tx: &mut Tx<'_>, decision: DecisionId, visit: VisitId) -> Result<bool> {
    let args = [tenant(decision).into(), i64::from(visit).into(), i64::from(decision).into()];
    Ok(tx.maybe(include_str!("sql/is_of.sql"), &args, |_| Ok(()))?.is_some())
}
