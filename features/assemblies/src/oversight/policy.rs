//! Who keeps the register, and who reads of members' violations. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 登记、办结: the neighborhood (SC-040: 社区应开展专项审计), the street, the county.
pub(crate) fn may_keep(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let keepers = [Role::Neighborhood, Role::Subdistrict, Role::CountyBureau];
    Permit::when(actor.serves(place), actor.is_one_of(&keepers), "assemblies.keep_oversight")
}

#[cfg(test)]
mod tests {
    use kernel::{Scope, Tenant};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn never_the_committee_it_is_about() {
        let keeps = |role, scope| verdict(may_keep(&actor(role, scope), &PLACE));
        assert_eq!(keeps(Role::Neighborhood, Scope::Neighborhood(511)), "✔");
        assert_eq!(keeps(Role::Subdistrict, Scope::Subdistrict(51)), "✔");
        assert_eq!(keeps(Role::CountyBureau, Scope::County(Tenant::from_number(5))), "✔");
        assert_eq!(keeps(Role::Neighborhood, Scope::Neighborhood(512)), "404");
        for (role, scope) in [
            (Role::OwnersCommittee, Scope::Community(9)),
            (Role::PartyBranch, Scope::Community(9)),
            (Role::Enterprise, Scope::Enterprise(70)),
        ] {
            assert_eq!(keeps(role, scope), "403", "{role:?}");
        }
    }
}
