//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{FieldError, Problem, Scope, Tenant};

use super::{
    events::{EnterpriseCreated, EnterpriseEdited},
    policy, rules, store,
    types::{Enterprise, EnterpriseForm, EnterpriseId, Particulars},
};

/// 登记企业 — the county bureau, for enterprises that serve it; or the city's.
pub(crate) fn create(tx: &mut Tx<'_>, form: &EnterpriseForm) -> Result<(EnterpriseId, Recorded), Problem> {
    let permit = policy::may_create(&tx.ctx.actor)?;
    let particulars = rules::particulars(form)?;
    let scope = tx.ctx.actor.hat.scope;
    let city = crate::divisions::city_of(tx, &scope)?;
    must_be_the_only_one(tx, city, &particulars, None)?;
    let enterprise = place_new(tx, scope, city, particulars, None)?;
    let (id, uscc, name) = (enterprise.id, enterprise.uscc, enterprise.name);
    Ok((id, tx.record(permit, &EnterpriseCreated { enterprise: id, uscc, name })?))
}

/// Puts a new enterprise on the table; by hand, or as a row of a batch.
pub(crate) fn place_new(
    tx: &mut Tx<'_>,
    scope: Scope,
    city: i64,
    it: Particulars,
    batch: Option<i64>,
) -> Result<Enterprise, Problem> {
    let home_tenant = match scope {
        Scope::County(tenant) => i64::from(tenant.number()),
        _ => 0,
    };
    let id = EnterpriseId::from(tx.ctx.new_id(Tenant::from_number(0)));
    let Particulars { uscc, name, note } = it;
    let enterprise = Enterprise { id, uscc, name, city, home_tenant, note, version: 1 };
    store::add(tx, &enterprise, batch)?;
    Ok(enterprise)
}

/// 修改企业 — whoever registered it, or the city's regulator; refused when somebody else saved first.
pub(crate) fn edit(
    tx: &mut Tx<'_>,
    id: EnterpriseId,
    form: &EnterpriseForm,
) -> Result<((), Recorded), Problem> {
    let before = super::queries::seen(tx, id)?;
    let permit = policy::may_edit(&tx.ctx.actor, &before)?;
    let after = rules::particulars(form)?;
    must_be_the_only_one(tx, before.city, &after, Some(id))?;
    if form.version.trim() != before.version.to_string() {
        return Err(Problem::Conflict);
    }
    let changes = rules::changes(&before, &after);
    store::save(tx, &before, &after)?;
    Ok(((), tx.record(permit, &EnterpriseEdited { enterprise: id, changes })?))
}

/// One code is one enterprise anywhere, and a sheet finds it by its name within the city.
fn must_be_the_only_one(
    tx: &mut Tx<'_>,
    city: i64,
    it: &Particulars,
    own: Option<EnterpriseId>,
) -> Result<(), Problem> {
    let mut errors = vec![];
    if let Some((id, name, home)) = store::known_as(tx, &it.uscc)?
        && Some(id) != own
    {
        let message = if home == city {
            format!("这个统一社会信用代码已登记为“{name}”，不需要重复登记")
        } else {
            rules::REGISTERED_ELSEWHERE.to_owned()
        };
        errors.push(FieldError::new("uscc", message));
    } else if store::named(tx, city, &it.name)?.is_some_and(|id| Some(id) != own) {
        let message = "本市已有同名企业，请核对全称；分公司请写明分公司名称";
        errors.push(FieldError::new("name", message));
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::Invalid(errors)) }
}
