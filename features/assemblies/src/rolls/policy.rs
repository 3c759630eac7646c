//! Who may do what with rolls. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

/// Who prepares an assembly: the committee, the group before there is one, or the neighborhood in their stead.
const PREPARERS: [Role; 3] = [Role::OwnersCommittee, Role::PreparatoryGroup, Role::Neighborhood];
/// Who may look into the work: never the company, which sees what the public sees.
const READERS: [Role; 8] = [
    Role::OwnersCommittee,
    Role::PreparatoryGroup,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Subdistrict,
    Role::CountyBureau,
    Role::CityBureau,
    Role::Observer,
];

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "assemblies.see")
}

/// 提出名册.
pub(crate) fn may_propose(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&PREPARERS), "assemblies.propose_roll")
}

/// 确认冻结 and 答复异议: the street (指导规则 Art. 11: it settles what is disputed).
pub(crate) fn may_freeze(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Subdistrict), "assemblies.freeze_roll")
}

/// Names, masked, on the posted roll: the community's own owners.
pub(crate) fn may_see_names(actor: &Actor, place: &Place) -> bool {
    actor.is(Role::Owner) && actor.serves(place)
}

/// The empty sheet: whoever may propose somewhere.
pub(crate) fn may_download(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&PREPARERS), "assemblies.propose_roll")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::{Scope, Tenant};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn matrix() {
        let hats = [
            ("committee", Role::OwnersCommittee, Scope::Community(9)),
            ("next committee", Role::OwnersCommittee, Scope::Community(8)),
            ("preparatory group", Role::PreparatoryGroup, Scope::Community(9)),
            ("party branch", Role::PartyBranch, Scope::Community(9)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("next subdistrict", Role::Subdistrict, Scope::Subdistrict(52)),
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("company", Role::Enterprise, Scope::Enterprise(70)),
            ("observer", Role::Observer, Scope::Community(9)),
        ];
        let mut table = format!("{:20}{:5}{:9}{}\n", "", "see", "propose", "freeze");
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let row = [may_see(&actor, &PLACE), may_propose(&actor, &PLACE), may_freeze(&actor, &PLACE)]
                .map(verdict);
            writeln!(table, "{name:20}{:5}{:9}{}", row[0], row[1], row[2]).unwrap();
        }
        insta::assert_snapshot!(table, @r"
                            see  propose  freeze
        committee           ✔    ✔        403
        next committee      404  404      404
        preparatory group   ✔    ✔        403
        party branch        ✔    403      403
        neighborhood        ✔    ✔        403
        subdistrict         ✔    403      ✔
        next subdistrict    404  404      404
        county bureau       ✔    403      403
        company             403  403      403
        observer            ✔    403      403
        ");
    }
}
