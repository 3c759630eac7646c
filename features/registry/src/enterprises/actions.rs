//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use identifiers::Uscc;
use kernel::{FieldError, Problem, Scope, Tenant};

use super::{
    events::EnterpriseCreated,
    policy, store,
    types::{Enterprise, EnterpriseForm, EnterpriseId},
};

/// 登记企业 — the county bureau, for enterprises that serve it.
pub(crate) fn create(tx: &mut Tx<'_>, form: &EnterpriseForm) -> Result<(EnterpriseId, Recorded), Problem> {
    let permit = policy::may_create(&tx.ctx.actor)?;
    let (mut errors, name) = (vec![], form.name.trim().to_owned());
    let uscc =
        Uscc::parse(&form.uscc).map_err(|it| errors.push(FieldError::new("uscc", it.to_string()))).ok();
    if name.is_empty() || 60 < name.chars().count() {
        errors.push(FieldError::new("name", "请填写营业执照上的企业全称，不超过60个字"));
    }
    let Some(uscc) = uscc.filter(|_| errors.is_empty()) else { return Err(Problem::Invalid(errors)) };
    let known = store::known_as(tx, uscc.as_str())?;
    if let Some(known) = known {
        let message = format!("这个统一社会信用代码已登记为“{known}”，不需要重复登记");
        return Err(Problem::Invalid(vec![FieldError::new("uscc", message)]));
    }
    let scope = tx.ctx.actor.hat.scope;
    let city = crate::divisions::city_of(tx, &scope)?;
    let home_tenant = match scope {
        Scope::County(tenant) => i64::from(tenant.number()),
        _ => 0,
    };
    let id = EnterpriseId::from(tx.ctx.new_id(Tenant::from_number(0)));
    let enterprise =
        Enterprise { id, uscc: uscc.to_string(), name, city, home_tenant, note: String::new(), version: 1 };
    store::add(tx, &enterprise)?;
    let (uscc, name) = (enterprise.uscc, enterprise.name);
    Ok((id, tx.record(permit, &EnterpriseCreated { enterprise: id, uscc, name })?))
}
