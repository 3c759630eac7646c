//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{FieldError, Problem};

use super::{
    events::GridKept,
    rules, store,
    types::{Grid, GridForm, GridId},
};
use crate::divisions::{self, DivisionId, Kind};

/// 登记网格; or, of one that is there, 调整 or 撤销. Whoever shapes the tree shapes its grids.
pub(crate) fn keep(tx: &mut Tx<'_>, id: DivisionId, form: &GridForm) -> Result<((), Recorded), Problem> {
    let neighborhood = divisions::division(tx, id)?;
    let permit = divisions::may_shape(&tx.ctx.actor, &neighborhood)?;
    if neighborhood.kind != Kind::Neighborhood {
        return Err(Problem::NotFound);
    }
    if neighborhood.ended_on.is_some() && form.verb != "end" {
        let message = format!("{}已撤销，网格不再登记和修改", neighborhood.name);
        return Err(Problem::Refused { code: "registry.grid_ended", message });
    }
    let all = store::of_neighborhood(tx, id)?;
    let before = match form.grid.as_str() {
        "" => None,
        it => Some(all.into_iter().find(|grid| grid.id.to_string() == it).ok_or(Problem::NotFound)?),
    };
    if let (Some(it), "end") = (&before, form.verb.as_str()) {
        if form.version != it.version.to_string() {
            return Err(Problem::Conflict);
        }
        let (grid, code) = (it.id, it.code.clone());
        store::save(tx, &Grid { ended_on: Some(tx.ctx.today()), ..it.clone() })?;
        return Ok(((), tx.record(permit, &GridKept { grid, neighborhood: id, what: "ended", code })?));
    }
    let (code, name, covers) = rules::particulars(form, &neighborhood.code)?;
    let own = before.as_ref().map(|it| i64::from(it.id));
    if let Some((_, taken)) = store::coded(tx, neighborhood.tenant, &code)?.filter(|it| Some(it.0) != own) {
        let message = format!("编码{code}已由“{taken}”使用");
        return Err(Problem::Invalid(vec![FieldError::new("code", message)]));
    }
    let (grid, what) = match before {
        None => {
            let grid = GridId::from(tx.ctx.new_id(neighborhood.tenant));
            let (tenant, ended_on) = (neighborhood.tenant, None);
            let it = Grid { id: grid, tenant, neighborhood: id, code, name, covers, ended_on, version: 1 };
            store::add(tx, &it)?;
            (it, "added")
        }
        Some(it) => {
            if form.version != it.version.to_string() {
                return Err(Problem::Conflict);
            }
            let it = Grid { code, name, covers, ..it };
            store::save(tx, &it)?;
            (it, "changed")
        }
    };
    let event = GridKept { grid: grid.id, neighborhood: id, what, code: grid.code };
    Ok(((), tx.record(permit, &event)?))
}
