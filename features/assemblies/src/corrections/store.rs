//! Every statement about corrections; rows to nouns and back.

use ::store::{Result, StoreError, Tx};
use kernel::Problem;

use super::types::{Correction, Outcome};
use crate::committees::{tenant, types::CommitteeId};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Correction) -> Result<()> {
    let args = [
        tenant(it.committee).into(),
        i64::from(it.id).into(),
        i64::from(it.committee).into(),
        it.ground.clone().into(),
        it.words.clone().into(),
        it.document.clone().into(),
        it.ordered_on.into(),
        it.due_on.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// The newest hundred.
pub(crate) fn of_committee(tx: &mut Tx<'_>, id: CommitteeId) -> Result<Vec<Correction>> {
    tx.all(include_str!("sql/of_committee.sql"), &[tenant(id).into(), i64::from(id).into()], |row| {
        let day = |column: &str| row.maybe_date(column)?.ok_or(StoreError::Missing);
        let (remark, on) = (row.text("remark")?, row.maybe_date("closed_on")?);
        let mandate = row.maybe_int("mandate")?;
        let outcome = match (row.text("outcome")?.as_str(), on, mandate) {
            ("corrected", Some(on), _) => Outcome::Corrected { on, remark },
            ("reelection", Some(on), _) => Outcome::Reelection { on, remark },
            ("acting", Some(on), Some(mandate)) => Outcome::Acting { on, remark, mandate: mandate.into() },
            _ => Outcome::Open,
        };
        Ok(Correction {
            id: row.int("id")?.into(),
            committee: row.int("committee")?.into(),
            ground: row.text("ground")?,
            words: row.text("words")?,
            document: row.text("document")?,
            ordered_on: day("ordered_on")?,
            due_on: day("due_on")?,
            outcome,
            version: row.int("version")?,
        })
    })
}

pub(crate) fn close(tx: &mut Tx<'_>, it: &Correction) -> std::result::Result<(), Problem> {
    let (code, on, mandate, remark) = match &it.outcome {
        Outcome::Open => return Ok(()),
        Outcome::Corrected { on, remark } => ("corrected", *on, None, remark),
        Outcome::Reelection { on, remark } => ("reelection", *on, None, remark),
        Outcome::Acting { on, remark, mandate } => ("acting", *on, Some(i64::from(*mandate)), remark),
    };
    let args = [
        tenant(it.committee).into(),
        i64::from(it.id).into(),
        it.version.into(),
        code.into(),
        on.into(),
        mandate.into(),
        remark.clone().into(),
    ];
    tx.save_version(include_str!("sql/close.sql"), &args)
}
