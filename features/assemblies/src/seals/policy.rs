//! Who asks for a seal and who keeps it. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 申请用印: the committee, or the neighborhood that types for it.
pub(crate) fn may_ask(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let asks = [Role::OwnersCommittee, Role::Neighborhood];
    Permit::when(actor.serves(place), actor.is_one_of(&asks), "assemblies.ask_seal")
}

/// 用印: the neighborhood keeps the seals, so that no committee sets them alone.
pub(crate) fn may_set(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Neighborhood), "assemblies.set_seal")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn the_committee_asks_and_the_neighborhood_sets() {
        let hats = [
            (Role::OwnersCommittee, Scope::Community(9), "✔ 403"),
            (Role::OwnersCommittee, Scope::Community(8), "404 404"),
            (Role::Neighborhood, Scope::Neighborhood(511), "✔ ✔"),
            (Role::Neighborhood, Scope::Neighborhood(512), "404 404"),
            (Role::Subdistrict, Scope::Subdistrict(51), "403 403"),
            (Role::PartyBranch, Scope::Community(9), "403 403"),
            (Role::Enterprise, Scope::Enterprise(70), "403 403"),
        ];
        for (role, scope, told) in hats {
            let actor = actor(role, scope);
            let verdicts = [may_ask(&actor, &PLACE), may_set(&actor, &PLACE)].map(verdict);
            assert_eq!(verdicts.join(" "), told, "{role:?}");
        }
    }
}
