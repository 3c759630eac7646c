//! Every statement about imports; rows to nouns and back.

use ::store::{Result, Row, Tx};
use kernel::Tenant;

use super::types::{Counts, Import, ImportId, Mode, Stage, StagedRow};

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
    tx.change_one(include_str!("sql/add.sql"), &args)
}

pub(crate) fn add_row(tx: &mut Tx<'_>, import: ImportId, row: &StagedRow) -> Result<()> {
    let tenant = i64::from(Tenant::of_id(import.into()).number());
    let args =
        [tenant.into(), i64::from(import).into(), row.line.into(), serde_json::to_string(&row.cells)?.into()];
    tx.change_one(include_str!("sql/add_row.sql"), &args)
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

/// The rows after `line`, in their order.
pub(crate) fn rows(
    tx: &mut Tx<'_>,
    import: ImportId,
    line: i64,
    limit: i64,
    only_faulty: bool,
) -> Result<Vec<StagedRow>> {
    let tenant = i64::from(Tenant::of_id(import.into()).number());
    let args = [tenant.into(), i64::from(import).into(), line.into(), limit.into()];
    let listing = ::store::Listing::of(
        include_str!("sql/rows.sql"),
        if only_faulty { &["faulty"] } else { &[] },
        &args,
    );
    tx.list(&listing, |row| {
        let cells = serde_json::from_str(&row.text("cells")?)?;
        Ok(StagedRow { line: row.int("line")?, cells, fault: row.maybe_text("fault")? })
    })
}

pub(crate) fn set_fault(tx: &mut Tx<'_>, import: ImportId, line: i64, fault: Option<String>) -> Result<()> {
    let tenant = i64::from(Tenant::of_id(import.into()).number());
    tx.change_one(
        include_str!("sql/set_fault.sql"),
        &[tenant.into(), i64::from(import).into(), line.into(), fault.into()],
    )
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
