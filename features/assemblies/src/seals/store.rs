//! Every statement about uses of seals; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::Problem;

use super::types::{Basis, Outcome, Seal, Use};
use crate::committees::{tenant, types::CommitteeId};

pub(crate) fn next(tx: &mut Tx<'_>, id: CommitteeId) -> Result<i64> {
    tx.one(include_str!("sql/next.sql"), &[tenant(id).into(), i64::from(id).into()], |it| it.int("n"))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Use) -> Result<()> {
    let args = [
        tenant(it.committee).into(),
        i64::from(it.committee).into(),
        it.n.into(),
        it.seal.code().into(),
        it.document.clone().into(),
        it.copies.into(),
        it.basis.code().into(),
        it.asked_on.into(),
        i64::from(it.asked_by).into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// The newest two hundred.
pub(crate) fn of_committee(tx: &mut Tx<'_>, id: CommitteeId) -> Result<Vec<Use>> {
    tx.all(include_str!("sql/of_committee.sql"), &[tenant(id).into(), i64::from(id).into()], read)
}

pub(crate) fn decide(tx: &mut Tx<'_>, it: &Use) -> std::result::Result<(), Problem> {
    let (code, on, by, remark) = match &it.outcome {
        Outcome::Open => return Ok(()),
        Outcome::Stamped { on, by } => ("stamped", *on, *by, ""),
        Outcome::Refused { on, by, reason } => ("refused", *on, *by, reason.as_str()),
    };
    let args = [
        tenant(it.committee).into(),
        i64::from(it.committee).into(),
        it.n.into(),
        it.version.into(),
        code.into(),
        on.into(),
        i64::from(by).into(),
        remark.into(),
    ];
    tx.save_version(include_str!("sql/decide.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Use> {
    let decided = row.maybe_date("decided_on")?.zip(row.maybe_int("decided_by")?);
    let outcome = match (row.text("outcome")?.as_str(), decided) {
        ("stamped", Some((on, by))) => Outcome::Stamped { on, by: by.into() },
        ("refused", Some((on, by))) => Outcome::Refused { on, by: by.into(), reason: row.text("remark")? },
        _ => Outcome::Open,
    };
    Ok(Use {
        committee: row.int("committee")?.into(),
        n: row.int("n")?,
        seal: Seal::from_code(&row.text("seal")?).ok_or(StoreError::Missing)?,
        document: row.text("document")?,
        copies: row.int("copies")?,
        basis: Basis::from_code(&row.text("basis")?).ok_or(StoreError::Missing)?,
        asked_on: row.maybe_date("asked_on")?.ok_or(StoreError::Missing)?,
        asked_by: row.int("asked_by")?.into(),
        outcome,
        version: row.int("version")?,
    })
}
