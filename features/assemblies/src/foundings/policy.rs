//! Who applies, who puts the group together, who works in it. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

const READERS: [Role; 7] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::OwnersCommittee,
    Role::PreparatoryGroup,
];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "assemblies.see_foundings")
}

/// 登记申请: the neighborhood or the street that received it in writing.
pub(crate) fn may_apply(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let takers = [Role::Neighborhood, Role::Subdistrict];
    Permit::when(actor.serves(place), actor.is_one_of(&takers), "assemblies.apply_founding")
}

/// 组建、确认成立、完成、终止: the street (指导规则 Art. 9 to 11).
pub(crate) fn may_lead(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Subdistrict), "assemblies.lead_founding")
}

/// 筹备工作: the group, or the neighborhood and the street that sit in it.
pub(crate) fn may_prepare(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let prepare = [Role::PreparatoryGroup, Role::Neighborhood, Role::Subdistrict];
    Permit::when(actor.serves(place), actor.is_one_of(&prepare), "assemblies.prepare_founding")
}

#[cfg(test)]
mod tests {
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn the_street_leads_and_others_have_their_part() {
        let hats = [
            (Role::Subdistrict, Scope::Subdistrict(51), "✔ ✔ ✔ ✔"),
            (Role::Subdistrict, Scope::Subdistrict(52), "404 404 404 404"),
            (Role::Neighborhood, Scope::Neighborhood(511), "✔ ✔ 403 ✔"),
            (Role::PreparatoryGroup, Scope::Community(9), "✔ 403 403 ✔"),
            (Role::OwnersCommittee, Scope::Community(9), "✔ 403 403 403"),
            (Role::Enterprise, Scope::Enterprise(70), "403 403 403 403"),
            (Role::Observer, Scope::Community(9), "403 403 403 403"),
        ];
        for (role, scope, told) in hats {
            let actor = actor(role, scope);
            let all = [
                may_see(&actor, &PLACE),
                may_apply(&actor, &PLACE),
                may_lead(&actor, &PLACE),
                may_prepare(&actor, &PLACE),
            ];
            assert_eq!(all.map(verdict).join(" "), told, "{role:?}");
        }
        assert_eq!(visible(&actor(Role::Enterprise, Scope::Enterprise(70))), Scope::Nothing);
    }
}
