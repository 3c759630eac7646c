//! The verbs. Each one: load, permit, decide, save, record.

use std::collections::HashMap;

use ::store::{Recorded, Tx};
use documents::Table;
use kernel::{FieldError, Place, Problem, Tenant};

use super::{
    adjusting,
    events::{DivisionCreated, DivisionEdited, DivisionEnded, DivisionsImported},
    policy, rules, store,
    types::{Adjusting, Division, DivisionForm, DivisionId, Kind, Planned},
};
use crate::{communities, history::Change, moves};

/// 新建区划 under another, or a city.
pub(crate) fn create(
    tx: &mut Tx<'_>,
    parent: Option<DivisionId>,
    form: &DivisionForm,
) -> Result<(DivisionId, Recorded), Problem> {
    let parent = parent.map(|it| store::division(tx, it)).transpose()?;
    let kind = parent.as_ref().map_or(Some(Kind::City), |it| it.kind.below()).ok_or(Problem::NotFound)?;
    let over = parent.as_ref().map(Division::place).unwrap_or_default();
    if let Some(ended) = parent.as_ref().filter(|it| it.ended_on.is_some()) {
        return Err(adjusting::DivisionRefusal::Ended(ended.name.clone()).into());
    }
    let permit = policy::may_shape(&tx.ctx.actor, &over, kind)?;
    let (code, name) = rules::particulars(form, kind, parent.as_ref())?;
    not_taken(tx, &code, None)?;
    let beside = match &parent {
        Some(it) => store::under(tx, it.id)?.into_iter().map(|it| it.division).collect(),
        None => store::cities(tx)?,
    };
    if beside.iter().any(|it| it.name == name) {
        let message = "同一上级之下已有同名区划，请核对，或在名称里加以区别";
        return Err(Problem::Invalid(vec![FieldError::new("name", message)]));
    }
    let division = add(tx, parent.as_ref(), kind, code, name)?;
    let Division { id, code, name, .. } = division;
    Ok((id, tx.record(permit, &DivisionCreated { division: id, code, name })?))
}

/// 修改区划 — its name, when a street is renamed, and its code, when the state gives it another.
pub(crate) fn edit(tx: &mut Tx<'_>, id: DivisionId, form: &DivisionForm) -> Result<((), Recorded), Problem> {
    let before = store::division(tx, id)?;
    let permit = policy::may_shape(&tx.ctx.actor, &before.place(), before.kind)?;
    let parent = before.parent.map(|it| store::division(tx, it)).transpose()?;
    // What lies under it is found by codes that begin with its own.
    let recoded = form.code.trim() != before.code;
    if recoded && !store::under(tx, id)?.is_empty() {
        let message = "它下面还有区划，代码不能单独修改；只改名称时请保留原代码";
        return Err(Problem::Invalid(vec![FieldError::new("code", message)]));
    }
    let (code, name) = rules::particulars(form, before.kind, parent.as_ref().filter(|_| recoded))?;
    not_taken(tx, &code, Some(id))?;
    if form.version.trim() != before.version.to_string() {
        return Err(Problem::Conflict);
    }
    let changes = rules::changes(&before, &code, &name);
    store::save(tx, &Division { code, name, ..before })?;
    Ok(((), tx.record(permit, &DivisionEdited { division: id, changes })?))
}

/// 划归 another street of the same county: the neighborhood goes with its communities, whose rows follow.
pub(crate) fn move_under(
    tx: &mut Tx<'_>,
    id: DivisionId,
    form: &Adjusting,
) -> Result<((), Recorded), Problem> {
    let division = store::division(tx, id)?;
    let permit = policy::may_shape(&tx.ctx.actor, &division.place(), division.kind)?;
    let to = adjusting::target(&form.to)?;
    let to = store::division(tx, to)?;
    let document = adjusting::document(&form.document)?;
    let from = adjusting::may_move(&division, &to)?;
    if form.version != division.version.to_string() {
        return Err(Problem::Conflict);
    }
    store::put_under(tx, &division, to.id)?;
    for community in communities::of_neighborhood(tx, id)? {
        moves::begin(tx, &community, to.id.into(), id.into(), &document)?;
    }
    let before = store::division(tx, from)?.name;
    let changes = vec![
        Change { field: "上级".into(), from: before, to: to.name },
        Change { field: "依据".into(), from: String::new(), to: document },
    ];
    Ok(((), tx.record(permit, &DivisionEdited { division: id, changes })?))
}

/// 撤销 — of what nothing lies under any more: what it held went elsewhere first.
pub(crate) fn end(tx: &mut Tx<'_>, id: DivisionId, form: &Adjusting) -> Result<((), Recorded), Problem> {
    let division = store::division(tx, id)?;
    let permit = policy::may_shape(&tx.ctx.actor, &division.place(), division.kind)?;
    let document = adjusting::document(&form.document)?;
    let below = store::under(tx, id)?;
    let living = below.iter().filter(|it| it.division.ended_on.is_none()).count();
    let communities = match division.kind {
        Kind::Neighborhood => communities::of_neighborhood(tx, id)?.len(),
        _ => 0,
    };
    adjusting::may_end(&division, living, communities)?;
    if form.version != division.version.to_string() {
        return Err(Problem::Conflict);
    }
    store::end(tx, &division)?;
    Ok(((), tx.record(permit, &DivisionEnded { division: id, reason: document })?))
}

/// 导入区划 — the file whole, or what is wrong with it and nothing: how many divisions are new, and how many were there.
/// A file brought twice adds nothing.
pub(crate) fn import(
    tx: &mut Tx<'_>,
    table: &Table,
    file_hash: &str,
) -> Result<((usize, usize), Recorded), Problem> {
    let permit = policy::may_import(&tx.ctx.actor)?;
    let known = store::all(tx)?;
    let (planned, skipped) = rules::plan(table, &known).map_err(|it| refused(&it))?;
    let mut by_code: HashMap<String, Division> = known.into_iter().map(|it| (it.code.clone(), it)).collect();
    let added = planned.len();
    for it in planned {
        let parent = it.parent.as_ref().and_then(|code| by_code.get(code)).cloned();
        must_be_ours(tx, parent.as_ref(), &it)?;
        let division = add(tx, parent.as_ref(), it.kind, it.code, it.name)?;
        by_code.insert(division.code.clone(), division);
    }
    let batch = tx.ctx.new_id(Tenant::from_number(0));
    let file_hash = file_hash.to_owned();
    let recorded = tx.record(permit, &DivisionsImported { batch, file_hash, added, skipped })?;
    Ok(((added, skipped), recorded))
}

/// Faults of a file come back as those of its field.
fn refused(faults: &[String]) -> Problem {
    Problem::Invalid(faults.iter().map(|it| FieldError::new("file", it.clone())).collect())
}

/// A county's bureau enters its own streets, not its neighbor's.
fn must_be_ours(tx: &Tx<'_>, parent: Option<&Division>, row: &Planned) -> Result<(), Problem> {
    let over = parent.map_or_else(Place::default, Division::place);
    if let Some(ended) = parent.filter(|it| it.ended_on.is_some()) {
        return Err(refused(&[format!("第{}行：{}已撤销，不能再登记下级", row.line, ended.name)]));
    }
    match policy::may_shape(&tx.ctx.actor, &over, row.kind) {
        Ok(_permit) => Ok(()),
        Err(_) => Err(refused(&[format!("第{}行：{}不在您的管理范围内", row.line, row.name)])),
    }
}

fn not_taken(tx: &mut Tx<'_>, code: &str, own: Option<DivisionId>) -> Result<(), Problem> {
    match store::of_code(tx, code)?.filter(|it| Some(it.id) != own) {
        Some(it) => {
            let message = format!("代码{code}已登记为“{}”，请核对", it.name);
            Err(Problem::Invalid(vec![FieldError::new("code", message)]))
        }
        None => Ok(()),
    }
}

fn add(
    tx: &mut Tx<'_>,
    parent: Option<&Division>,
    kind: Kind,
    code: String,
    name: String,
) -> Result<Division, Problem> {
    let id = DivisionId::from(tx.ctx.new_id(Tenant::from_number(0)));
    let tenant = match (kind, parent) {
        // Every county is a tenant of its own: its rows lie together and move together.
        (Kind::County, _) => {
            let full = || Problem::Broken(anyhow::anyhow!("no tenant number is left"));
            let next = u16::try_from(store::next_tenant(tx)?).ok().filter(|it| *it < 0x7fff);
            Tenant::from_number(next.ok_or_else(full)?)
        }
        (_, Some(parent)) => parent.tenant,
        (_, None) => Tenant::from_number(0),
    };
    let city = parent.map_or(i64::from(id), |it| it.city);
    let parent = parent.map(|it| it.id);
    let division = Division { id, code, name, kind, parent, city, tenant, ended_on: None, version: 1 };
    store::add(tx, &division)?;
    Ok(division)
}
