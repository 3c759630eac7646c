//! Who may do what with a campaign. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

/// Offices and bodies that take part, and assessors.
const TAKERS: [Role; 8] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
    Role::Assessor,
];

/// 开展活动: the city's regulator.
pub(crate) fn may_open(actor: &Actor, city: i64) -> Result<Permit, Denied> {
    Permit::when(actor.hat.scope == Scope::City(city), actor.is(Role::CityBureau), "campaigns.open")
}

/// 延期, 公示 and all else that is the owner's: the city's regulator.
pub(crate) fn may_run(actor: &Actor, city: i64) -> Result<Permit, Denied> {
    Permit::when(actor.hat.scope == Scope::City(city), actor.is(Role::CityBureau), "campaigns.run")
}

/// 签收: a county's regulator, for its own county.
pub(crate) fn may_sign(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    let (permit, tenant) = match actor.hat.scope {
        Scope::County(tenant) => {
            (Permit::when(true, actor.is(Role::CountyBureau), "campaigns.sign")?, tenant)
        }
        _ => (Permit::when(true, false, "campaigns.sign")?, Tenant::from_number(0)),
    };
    Ok((permit, tenant))
}

pub(crate) fn may_see(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&TAKERS), "campaigns.see")
}
