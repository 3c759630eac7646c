//! Every statement about the log and its checkpoints; rows to nouns and back.

use ::store::{Result, Tx};
use jiff::Timestamp;

use super::types::{Checkpoint, Leaf};
use crate::decisions::{DecisionId, store::tenant};

/// The next leaf's number. The decision's row is held until the commit: leaves come one after another.
pub(crate) fn next(tx: &mut Tx<'_>, id: DecisionId) -> Result<i64> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.one(include_str!("sql/next.sql"), &args, |it| Ok(it.int("leaves")? - 1))
}

pub(crate) fn add(tx: &mut Tx<'_>, id: DecisionId, it: &Leaf) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.n.into(),
        it.kind.clone().into(),
        it.hash.clone().into(),
        it.body.clone().into(),
        it.at.into(),
    ];
    tx.change_one(include_str!("sql/add.sql"), &args)
}

pub(crate) fn leaves(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Leaf>> {
    tx.all(include_str!("sql/leaves.sql"), &[tenant(id).into(), i64::from(id).into()], |row| {
        Ok(Leaf {
            n: row.int("n")?,
            kind: row.text("kind")?,
            hash: row.text("hash")?,
            body: row.maybe_text("body")?,
            at: row.time("at")?,
        })
    })
}

pub(crate) fn hashes(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<String>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/hashes.sql"), &args, |row| row.text("hash"))
}

/// A log of one size has one checkpoint.
pub(crate) fn add_checkpoint(
    tx: &mut Tx<'_>,
    id: DecisionId,
    size: i64,
    note: &str,
    at: Timestamp,
) -> Result<()> {
    let args = [tenant(id).into(), i64::from(id).into(), size.into(), note.into(), at.into()];
    tx.change(include_str!("sql/add_checkpoint.sql"), &args).map(|_| ())
}

pub(crate) fn checkpoints(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Checkpoint>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/checkpoints.sql"), &args, |row| {
        Ok(Checkpoint { size: row.int("size")?, note: row.text("note")?, at: row.time("at")? })
    })
}
