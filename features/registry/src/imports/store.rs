//! Every statement about imports; rows to nouns and back.

use ::store::{Result, Row, Tx, Value};
use kernel::Tenant;

use super::types::{Counts, FaultyRow, Import, ImportId, Mode, Stage, StagedRow};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Import) -> Result<()> {
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        i64::from(it.person).into(),
        it.register.clone().into(),
        it.file_name.clone().into(),
        it.file_hash.clone().into(),
        serde_json::to_string(&it.header)?.into(),
        serde_json::to_string(&it.mapping)?.into(),
        it.rows.into(),
        tx.ctx.now.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// Puts rows down that follow each other in the file; an empty block has nothing to keep.
pub(crate) fn add_block(tx: &mut Tx<'_>, import: ImportId, rows: &[StagedRow]) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let (tenant, import) = key(import);
    let written: Vec<(i64, &[String])> = rows.iter().map(|it| (it.line, &it.cells[..])).collect();
    let args = [tenant, import, first.line.into(), serde_json::to_string(&written)?.into()];
    tx.put(include_str!("sql/add_block.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

/// Imports that a stop interrupted.
pub(crate) fn applying(tx: &mut Tx<'_>) -> Result<Vec<Import>> {
    tx.all(include_str!("sql/applying.sql"), &[], read)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Import) -> std::result::Result<(), kernel::Problem> {
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        serde_json::to_string(&it.mapping).map_err(::store::StoreError::from)?.into(),
        it.stage.code().into(),
        it.mode.map_or("", Mode::code).into(),
        it.counts.applied.into(),
        it.counts.skipped.into(),
        it.counts.refused.into(),
        it.through.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// The rows of the next `blocks` after `line`, in their order. Whoever went on to `line` was through with its block.
pub(crate) fn rows(tx: &mut Tx<'_>, import: ImportId, line: i64, blocks: i64) -> Result<Vec<StagedRow>> {
    let (tenant, import) = key(import);
    let args = [tenant, import, line.into(), blocks.into()];
    let read = |row: &Row<'_>| Ok(serde_json::from_str::<Vec<(i64, Vec<String>)>>(&row.text("rows")?)?);
    let blocks = tx.all(include_str!("sql/blocks.sql"), &args, read)?;
    Ok(blocks.into_iter().flatten().map(|(line, cells)| StagedRow { line, cells }).collect())
}

/// The first rows that cannot go in, each with what is wrong.
pub(crate) fn faults(tx: &mut Tx<'_>, import: ImportId, limit: i64) -> Result<Vec<FaultyRow>> {
    let (tenant, import) = key(import);
    tx.all(include_str!("sql/faults.sql"), &[tenant, import, limit.into()], |row| {
        let cells = serde_json::from_str(&row.text("cells")?)?;
        Ok(FaultyRow { row: StagedRow { line: row.int("line")?, cells }, fault: row.text("fault")? })
    })
}

pub(crate) fn add_fault(tx: &mut Tx<'_>, import: ImportId, row: &StagedRow, fault: String) -> Result<()> {
    let (tenant, import) = key(import);
    let args = [tenant, import, row.line.into(), serde_json::to_string(&row.cells)?.into(), fault.into()];
    tx.change_one(include_str!("sql/add_fault.sql"), &args)
}

pub(crate) fn count_faults(tx: &mut Tx<'_>, import: ImportId) -> Result<i64> {
    let (tenant, import) = key(import);
    tx.one(include_str!("sql/count_faults.sql"), &[tenant, import], |it| it.int("n"))
}

/// Before the rows are examined anew.
pub(crate) fn forget_faults(tx: &mut Tx<'_>, import: ImportId) -> Result<u64> {
    let (tenant, import) = key(import);
    tx.change(include_str!("sql/forget_faults.sql"), &[tenant, import])
}

fn key(import: ImportId) -> (Value, Value) {
    (i64::from(Tenant::of_id(import.into()).number()).into(), i64::from(import).into())
}

fn read(row: &Row<'_>) -> Result<Import> {
    Ok(Import {
        id: row.int("id")?.into(),
        person: row.int("person")?.into(),
        register: row.text("register")?,
        file_name: row.text("file_name")?,
        file_hash: row.text("file_hash")?,
        header: serde_json::from_str(&row.text("header")?)?,
        mapping: serde_json::from_str(&row.text("mapping")?)?,
        stage: Stage::from_code(&row.text("stage")?),
        mode: Mode::from_code(&row.text("mode")?),
        rows: row.int("rows")?,
        counts: Counts {
            applied: row.int("applied")?,
            skipped: row.int("skipped")?,
            refused: row.int("refused")?,
        },
        through: row.int("through")?,
        version: row.int("version")?,
    })
}
