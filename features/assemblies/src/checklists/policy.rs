//! Who reads a county's list, and who publishes it. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

/// Whoever nominates or vets in the county, and the county itself.
pub(crate) fn may_see(actor: &Actor) -> Result<Permit, Denied> {
    let readers = [
        Role::CountyBureau,
        Role::Subdistrict,
        Role::Neighborhood,
        Role::PartyBranch,
        Role::OwnersCommittee,
        Role::PreparatoryGroup,
    ];
    Permit::when(true, actor.is_one_of(&readers), "assemblies.see_checklist")
}

/// 以县为单位制定 (SC-026).
pub(crate) fn may_publish(actor: &Actor, tenant: Tenant) -> Result<Permit, Denied> {
    let own = actor.hat.scope == Scope::County(tenant);
    Permit::when(own, actor.is(Role::CountyBureau), "assemblies.publish_checklist")
}

#[cfg(test)]
mod tests {
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn a_county_publishes_its_own_list() {
        let county = |n| Scope::County(Tenant::from_number(n));
        let tell = |role, scope| {
            let actor = actor(role, scope);
            let own = may_publish(&actor, Tenant::from_number(5));
            format!("{} {}", verdict(may_see(&actor)), verdict(own))
        };
        assert_eq!(tell(Role::CountyBureau, county(5)), "✔ ✔");
        assert_eq!(tell(Role::CountyBureau, county(6)), "✔ 404");
        assert_eq!(tell(Role::Subdistrict, Scope::Subdistrict(51)), "✔ 404");
        assert_eq!(tell(Role::Enterprise, Scope::Enterprise(70)), "403 404");
    }
}
