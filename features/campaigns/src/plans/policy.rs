//! Who may plan a county's own choice. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

use crate::openings::types::Owner;

/// 选定方式、列入名单: the county's regulator, its own.
pub(crate) fn may_plan(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    let tenant = match actor.hat.scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let may = tenant.is_some() && actor.is(Role::CountyBureau);
    Ok((Permit::when(true, may, "campaigns.plan")?, tenant.unwrap_or(Tenant::from_number(0))))
}

/// 查看: the county its own, the campaign's owner all.
pub(crate) fn may_see(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    let office = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]);
    let inside = owner.is_at(actor) || matches!(actor.hat.scope, Scope::County(_));
    Permit::when(inside, office, "campaigns.see_plans")
}
