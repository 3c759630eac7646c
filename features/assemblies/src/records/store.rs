//! Every statement about the log and its checkpoints; rows to nouns and back.

use std::collections::BTreeMap;

use ::store::{Result, Row, Tx};
use jiff::Timestamp;

use super::{
    types::{Checkpoint, Leaf},
    witnesses::{Line, Witness},
};
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
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn leaves(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Leaf>> {
    tx.all(include_str!("sql/leaves.sql"), &[tenant(id).into(), i64::from(id).into()], read)
}

pub(crate) fn of_kind(tx: &mut Tx<'_>, id: DecisionId, kind: &str) -> Result<Vec<Leaf>> {
    tx.all(include_str!("sql/of_kind.sql"), &[tenant(id).into(), i64::from(id).into(), kind.into()], read)
}

fn read(row: &Row<'_>) -> Result<Leaf> {
    Ok(Leaf {
        n: row.int("n")?,
        kind: row.text("kind")?,
        hash: row.text("hash")?,
        body: row.text("body")?,
        at: row.time("at")?,
    })
}

/// The logs that have grown since they were signed, the first hundred.
pub(crate) fn unsigned(tx: &mut Tx<'_>) -> Result<Vec<DecisionId>> {
    tx.all(include_str!("sql/unsigned.sql"), &[], |row| Ok(row.int("id")?.into()))
}

pub(crate) fn sign(tx: &mut Tx<'_>, id: DecisionId, size: i64) -> Result<()> {
    tx.change_one(include_str!("sql/sign.sql"), &[tenant(id).into(), i64::from(id).into(), size.into()])
}

/// The commitment of one ballot.
pub(crate) fn commitment_of(tx: &mut Tx<'_>, id: DecisionId, n: i64) -> Result<String> {
    let args = [tenant(id).into(), i64::from(id).into(), n.into()];
    tx.one(include_str!("sql/commitment.sql"), &args, |row| row.text("body"))
}

/// Number and commitment of every ballot that was ever put in.
pub(crate) fn commitments(tx: &mut Tx<'_>, id: DecisionId) -> Result<BTreeMap<i64, String>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    let pairs =
        tx.all(include_str!("sql/commitments.sql"), &args, |row| Ok((row.int("n")?, row.text("body")?)))?;
    Ok(pairs.into_iter().collect())
}

/// Whether a ballot was made void after a moment.
pub(crate) fn voided_since(tx: &mut Tx<'_>, id: DecisionId, since: Timestamp) -> Result<bool> {
    let args = [tenant(id).into(), i64::from(id).into(), since.into()];
    tx.one(include_str!("sql/voided_since.sql"), &args, |row| Ok(0 < row.int("n")?))
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

/// Every checkpoint: a vote of some weeks has thousands, so only the record to take along asks for all.
pub(crate) fn checkpoints(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Checkpoint>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/checkpoints.sql"), &args, read_checkpoint)
}

/// The newest first.
pub(crate) fn newest_checkpoints(tx: &mut Tx<'_>, id: DecisionId, limit: i64) -> Result<Vec<Checkpoint>> {
    let args = [tenant(id).into(), i64::from(id).into(), limit.into()];
    tx.all(include_str!("sql/newest_checkpoints.sql"), &args, read_checkpoint)
}

/// The first checkpoint that covers a leaf.
pub(crate) fn covering_checkpoint(tx: &mut Tx<'_>, id: DecisionId, n: i64) -> Result<Option<Checkpoint>> {
    let args = [tenant(id).into(), i64::from(id).into(), n.into()];
    tx.maybe(include_str!("sql/covering_checkpoint.sql"), &args, read_checkpoint)
}

pub(crate) fn checkpoint_at(tx: &mut Tx<'_>, id: DecisionId, size: i64) -> Result<Option<Checkpoint>> {
    let args = [tenant(id).into(), i64::from(id).into(), size.into()];
    tx.maybe(include_str!("sql/checkpoint_at.sql"), &args, read_checkpoint)
}

/// The hashes of the leaves from one number up to and without another.
pub(crate) fn hashes_between(tx: &mut Tx<'_>, id: DecisionId, from: i64, to: i64) -> Result<Vec<String>> {
    let args = [tenant(id).into(), i64::from(id).into(), from.into(), to.into()];
    tx.all(include_str!("sql/hashes_between.sql"), &args, |row| row.text("hash"))
}

pub(crate) fn witnesses(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Witness>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/witnesses.sql"), &args, |row| {
        Ok(Witness { name: row.text("name")?, key: row.text("key")? })
    })
}

pub(crate) fn add_witness(tx: &mut Tx<'_>, id: DecisionId, it: &Witness) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.name.clone().into(),
        it.key.clone().into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.put(include_str!("sql/add_witness.sql"), &args)
}

pub(crate) fn drop_witness(tx: &mut Tx<'_>, id: DecisionId, name: &str) -> Result<()> {
    let args = [tenant(id).into(), i64::from(id).into(), name.into()];
    tx.change_one(include_str!("sql/drop_witness.sql"), &args)
}

/// A witness signs a size once; the same line sent again changes nothing.
pub(crate) fn add_cosignature(tx: &mut Tx<'_>, id: DecisionId, it: &Line) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.size.into(),
        it.name.clone().into(),
        it.line.clone().into(),
        it.at.into(),
    ];
    tx.change(include_str!("sql/add_cosignature.sql"), &args).map(|_| ())
}

pub(crate) fn cosignatures(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Line>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/cosignatures.sql"), &args, read_line)
}

/// The line one witness sent for a head.
pub(crate) fn cosignature_at(tx: &mut Tx<'_>, id: DecisionId, size: i64, name: &str) -> Result<Option<Line>> {
    let args = [tenant(id).into(), i64::from(id).into(), size.into(), name.into()];
    tx.maybe(include_str!("sql/cosignature_at.sql"), &args, read_line)
}

/// The newest line of one witness.
pub(crate) fn newest_cosignature(tx: &mut Tx<'_>, id: DecisionId, name: &str) -> Result<Option<Line>> {
    let args = [tenant(id).into(), i64::from(id).into(), name.into()];
    tx.maybe(include_str!("sql/newest_cosignature.sql"), &args, read_line)
}

fn read_line(row: &Row<'_>) -> Result<Line> {
    Ok(Line { size: row.int("size")?, name: row.text("name")?, line: row.text("line")?, at: row.time("at")? })
}

fn read_checkpoint(row: &Row<'_>) -> Result<Checkpoint> {
    Ok(Checkpoint { size: row.int("size")?, note: row.text("note")?, at: row.time("at")? })
}
