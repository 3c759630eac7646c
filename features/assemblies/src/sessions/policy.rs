//! Who calls a session and keeps its record. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 召集、登记、公布: the committee, or the neighborhood that types for it.
pub(crate) fn may_hold(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let holds = [Role::OwnersCommittee, Role::Neighborhood];
    Permit::when(actor.serves(place), actor.is_one_of(&holds), "assemblies.hold_session")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn the_committee_of_the_place_and_its_neighborhood() {
        let holds = |role, scope| verdict(may_hold(&actor(role, scope), &PLACE));
        assert_eq!(holds(Role::OwnersCommittee, Scope::Community(9)), "✔");
        assert_eq!(holds(Role::OwnersCommittee, Scope::Community(8)), "404");
        assert_eq!(holds(Role::Neighborhood, Scope::Neighborhood(511)), "✔");
        assert_eq!(holds(Role::Neighborhood, Scope::Neighborhood(512)), "404");
        for (role, scope) in [
            (Role::Subdistrict, Scope::Subdistrict(51)),
            (Role::PartyBranch, Scope::Community(9)),
            (Role::Enterprise, Scope::Enterprise(70)),
            (Role::Owner, Scope::Community(9)),
        ] {
            assert_eq!(holds(role, scope), "403", "{role:?}");
        }
    }
}
