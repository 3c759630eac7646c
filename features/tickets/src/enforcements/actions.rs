//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{
    events::{EnforcementEnded, EnforcementListed},
    policy, rules, store,
    types::{EndForm, EnforcementId, ListingForm},
};

/// 列入清单.
pub(crate) fn list(tx: &mut Tx<'_>, form: &ListingForm) -> Result<((), Recorded), Problem> {
    let (permit, tenant) = policy::may_keep(&tx.ctx.actor)?;
    let there = store::all(tx, tenant)?;
    let id = EnforcementId::from(tx.ctx.new_id(tenant));
    let item = rules::listed(form, (id, tenant), tx.ctx.today(), &there)?;
    store::add(tx, &item)?;
    Ok(((), tx.record(permit, &EnforcementListed { enforcement: id, title: item.title })?))
}

/// 移出清单 — of one's own county; another's is not there.
pub(crate) fn end(tx: &mut Tx<'_>, id: EnforcementId, form: &EndForm) -> Result<((), Recorded), Problem> {
    let (permit, tenant) = policy::may_keep(&tx.ctx.actor)?;
    let item = store::load(tx, id)?;
    if item.tenant != tenant {
        return Err(Problem::NotFound);
    }
    if form.version != item.version.to_string() {
        return Err(Problem::Conflict);
    }
    let item = rules::ended(item, form, tx.ctx.today())?;
    store::end(tx, &item)?;
    let reason = item.ended.map(|it| it.1).unwrap_or_default();
    Ok(((), tx.record(permit, &EnforcementEnded { enforcement: id, reason })?))
}
