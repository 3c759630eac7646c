//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Problem, Tenant};

use super::{
    events::ChecklistPublished,
    policy, rules, store,
    types::{Checklist, Publishing},
};

/// 公布新版 — candidates opened from now on are asked by it; those under way keep theirs.
pub(crate) fn publish(tx: &mut Tx<'_>, tenant: Tenant, form: &Publishing) -> Result<((), Recorded), Problem> {
    let permit = policy::may_publish(&tx.ctx.actor, tenant)?;
    let number = i64::from(tenant.number());
    let before = store::newest(tx, number)?.version;
    if form.version != before.to_string() {
        return Err(Problem::Conflict);
    }
    let (conditions, negatives) = rules::read(form)?;
    let published_on = Some(tx.ctx.today());
    let list = Checklist { version: before + 1, conditions, negatives, published_on };
    store::add(tx, number, &list)?;
    Ok(((), tx.record(permit, &ChecklistPublished { tenant: number, version: list.version })?))
}
