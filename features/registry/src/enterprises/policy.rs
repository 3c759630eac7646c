//! Who may do what with enterprises. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope};

use super::types::Enterprise;

const READERS: [Role; 7] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
];

pub(crate) fn may_see(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&READERS), "registry.see_enterprises")
}

/// 登记企业: the regulator, of a county or of the city.
pub(crate) fn may_create(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]), "registry.create_enterprise")
}

/// 修改企业: the county that registered it, or the city's regulator. Other counties it serves tell either of them.
pub(crate) fn may_edit(actor: &Actor, it: &Enterprise) -> Result<Permit, Denied> {
    let own = match actor.hat.scope {
        Scope::City(_) => actor.is(Role::CityBureau),
        Scope::County(tenant) => actor.is(Role::CountyBureau) && i64::from(tenant.number()) == it.home_tenant,
        _ => false,
    };
    Permit::when(true, own, "registry.edit_enterprise")
}

#[cfg(test)]
mod tests {
    use kernel::Tenant;
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn whoever_registered_an_enterprise_or_the_city_puts_it_right() {
        let it = Enterprise {
            id: 1.into(),
            uscc: String::new(),
            name: String::new(),
            city: 1,
            home_tenant: 5,
            note: String::new(),
            version: 1,
        };
        let county = |n| Scope::County(Tenant::from_number(n));
        let edits = |role, scope| verdict(may_edit(&actor(role, scope), &it));
        assert_eq!(edits(Role::CityBureau, Scope::City(1)), "✔");
        assert_eq!(edits(Role::CountyBureau, county(5)), "✔");
        assert_eq!(edits(Role::CountyBureau, county(6)), "403");
        assert_eq!(edits(Role::Enterprise, Scope::Enterprise(1)), "403");
        assert_eq!(edits(Role::Assessor, Scope::City(1)), "403");
    }
}
