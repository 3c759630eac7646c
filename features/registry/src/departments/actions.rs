//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{FieldError, Problem, Scope, Tenant};

use super::{
    events::DepartmentKept,
    policy, rules, store,
    types::{Department, DepartmentForm, DepartmentId},
};

/// 登记部门; or, of one that is there, 改名 or 撤销.
pub(crate) fn keep(tx: &mut Tx<'_>, form: &DepartmentForm) -> Result<((), Recorded), Problem> {
    let (permit, tenant) = policy::may_keep(&tx.ctx.actor)?;
    let all = store::of_county(tx, tenant)?;
    let before = match form.department.as_str() {
        "" => None,
        id => Some(all.iter().find(|it| it.id.to_string() == id).cloned().ok_or(Problem::NotFound)?),
    };
    let ends = form.verb == "end";
    let document = if ends { rules::document(&form.document)? } else { String::new() };
    let name = match (&before, ends) {
        (Some(it), true) => it.name.clone(),
        _ => rules::name(&form.name)?,
    };
    if all.iter().any(|it| it.name == name && before.as_ref().map(|it| it.id) != Some(it.id)) {
        let message = format!("已经登记过“{name}”");
        return Err(Problem::Invalid(vec![FieldError::new("name", message)]));
    }
    let (department, what) = match before {
        None => {
            let city = crate::divisions::city_of(tx, &Scope::County(tenant))?;
            let id = DepartmentId::from(tx.ctx.new_id(Tenant::from_number(0)));
            let it = Department { id, tenant, city, name, ended_on: None, version: 1 };
            store::add(tx, &it)?;
            (it, "added")
        }
        Some(it) if it.ended_on.is_some() => {
            let message = format!("“{}”已经撤销", it.name);
            return Err(Problem::Refused { code: "registry.department_ended", message });
        }
        Some(it) => {
            if form.version != it.version.to_string() {
                return Err(Problem::Conflict);
            }
            let ended_on = ends.then(|| tx.ctx.today());
            let it = Department { name, ended_on, ..it };
            store::save(tx, &it)?;
            (it, if ends { "ended" } else { "renamed" })
        }
    };
    let event = DepartmentKept { department: department.id, what, name: department.name, document };
    Ok(((), tx.record(permit, &event)?))
}
