//! The verbs. Each one: load, permit, decide, save, record.

use std::collections::BTreeMap;

use ::store::{Recorded, Tx};
use kernel::{Problem, Scope, Tenant};

use super::{
    events::{ImportFinished, ImportMapped, ImportStaged, ImportStarted, ImportUndone},
    policy, rows, rules, store,
    types::{COMMUNITIES, Counts, ENTERPRISES, Import, ImportId, Mode, Stage, StagedRow},
};
use crate::{communities, enterprises, records};

/// 上传 — puts the file's rows on the staging table. The rows came before, in units of their own.
pub(crate) fn stage(
    tx: &mut Tx<'_>,
    id: ImportId,
    register: &str,
    file_name: &str,
    file_hash: &str,
    header: &[String],
    rows: i64,
) -> Result<(ImportId, Recorded), Problem> {
    let permit = policy::may_import(&tx.ctx.actor)?;
    let import = Import {
        id,
        person: tx.ctx.actor.user,
        register: register.to_owned(),
        file_name: file_name.to_owned(),
        file_hash: file_hash.to_owned(),
        header: header.to_vec(),
        mapping: rules::guess(register, header),
        stage: Stage::Staged,
        mode: None,
        rows,
        counts: Counts::default(),
        through: 0,
        version: 1,
    };
    store::add(tx, &import)?;
    Ok((id, tx.record(permit, &ImportStaged { import: id, file_hash: file_hash.to_owned(), rows })?))
}

/// 对应列 — says which column each field is read from.
pub(crate) fn map(
    tx: &mut Tx<'_>,
    id: ImportId,
    mapping: &BTreeMap<String, usize>,
) -> Result<((), Recorded), Problem> {
    let import = store::load(tx, id)?;
    let permit = policy::may_see(&tx.ctx.actor, &import)?;
    if import.stage != Stage::Staged {
        return Err(rules::ImportRefusal::AlreadyStarted.into());
    }
    store::save(tx, &Import { mapping: mapping.clone(), ..import })?;
    Ok(((), tx.record(permit, &ImportMapped { import: id })?))
}

/// 开始导入.
pub(crate) fn start(tx: &mut Tx<'_>, id: ImportId, mode: Mode) -> Result<((), Recorded), Problem> {
    let import = store::load(tx, id)?;
    let permit = policy::may_see(&tx.ctx.actor, &import)?;
    rules::start(&import, mode)?;
    let counts = Counts { applied: 0, skipped: 0, refused: 0 };
    store::save(tx, &Import { stage: Stage::Applying, mode: Some(mode), counts, through: 0, ..import })?;
    Ok(((), tx.record(permit, &ImportStarted { import: id, mode: mode.code() })?))
}

/// The batch is through: one event for all of it.
pub(crate) fn finish(tx: &mut Tx<'_>, id: ImportId) -> Result<((), Recorded), Problem> {
    let import = store::load(tx, id)?;
    let permit = policy::may_see(&tx.ctx.actor, &import)?;
    rules::running(&import)?;
    let Counts { applied, skipped, refused } = import.counts;
    let file_hash = import.file_hash.clone();
    if import.register == records::kinds::SERVICE_PROJECT {
        records::take_over_service(tx, i64::from(import.tenant().number()), id.into())?;
    }
    store::save(tx, &Import { stage: Stage::Done, ..import })?;
    Ok(((), tx.record(permit, &ImportFinished { import: id, file_hash, applied, skipped, refused })?))
}

/// Takes the whole batch back out of the register.
pub(crate) fn undo(tx: &mut Tx<'_>, id: ImportId) -> Result<((), Recorded), Problem> {
    let import = store::load(tx, id)?;
    let permit = policy::may_see(&tx.ctx.actor, &import)?;
    rules::running(&import)?;
    let (file_hash, refused) = (import.file_hash.clone(), import.counts.refused);
    let tenant = i64::from(import.tenant().number());
    match import.register.as_str() {
        COMMUNITIES => communities::store::undo_batch(tx, tenant, id.into())?,
        ENTERPRISES => enterprises::store::undo_batch(tx, id.into())?,
        _ => {
            records::store::undo_batch(tx, tenant, id.into())?;
        }
    }
    rows::moved(tx, &import)?;
    let counts = Counts { applied: 0, ..import.counts };
    store::save(tx, &Import { stage: Stage::Undone, counts, ..import })?;
    Ok(((), tx.record(permit, &ImportUndone { import: id, file_hash, refused })?))
}

/// Staged rows, put down before the import itself is there to be seen.
pub(crate) fn put_rows(tx: &mut Tx<'_>, id: ImportId, rows: &[StagedRow]) -> Result<(), Problem> {
    Ok(store::add_block(tx, id, rows)?)
}

/// The county a sheet of this hat belongs to.
pub(crate) fn home(scope: &Scope) -> Result<Tenant, Problem> {
    match scope {
        Scope::County(tenant) => Ok(*tenant),
        _ => Err(Problem::NotFound),
    }
}
