//! What there is to see of a county's list.

use ::store::Tx;
use kernel::{Problem, Tenant};

use super::{policy, store, types::Checklist};

#[derive(Debug)]
pub(crate) struct ChecklistView {
    pub(crate) county: String,
    pub(crate) current: Checklist,
    /// Earlier ones, the newest first.
    pub(crate) earlier: Vec<Checklist>,
    pub(crate) can_publish: bool,
}

/// The county whose list a hat sees.
pub(crate) fn county(tx: &mut Tx<'_>) -> Result<Tenant, Problem> {
    let scope = tx.ctx.actor.hat.scope;
    registry::divisions::county_of(tx, &scope)?.ok_or(Problem::NotFound)
}

pub(crate) fn list(tx: &mut Tx<'_>) -> Result<ChecklistView, Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let tenant = county(tx)?;
    let current = store::newest(tx, i64::from(tenant.number()))?;
    let mut earlier = store::all(tx, tenant)?;
    earlier.retain(|it| it.version != current.version);
    Ok(ChecklistView {
        county: registry::divisions::of_tenant(tx, tenant)?.map_or(String::new(), |it| it.name),
        current,
        earlier,
        can_publish: policy::may_publish(&tx.ctx.actor, tenant).is_ok(),
    })
}
