//! Who may do what with committees. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

use super::schedule::By;

const READERS: [Role; 7] = [
    Role::OwnersCommittee,
    Role::PreparatoryGroup,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Subdistrict,
    Role::CountyBureau,
    Role::CityBureau,
];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, visible(actor) != Scope::Nothing, "assemblies.see_committees")
}

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "assemblies.see_committees")
}

/// 登记一届, 委员离任: the neighborhood, or the street where papers are filed.
pub(crate) fn may_keep(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let keepers = [Role::Neighborhood, Role::Subdistrict];
    Permit::when(actor.serves(place), actor.is_one_of(&keepers), "assemblies.keep_committee")
}

/// 登记 a term that follows from no election of this house: the street, where its papers are filed (指导规则 Art. 33).
pub(crate) fn may_file(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Subdistrict), "assemblies.file_committee")
}

/// 办结履职事项: whoever the pack names; the street may confirm what the neighborhood may.
pub(crate) fn may_fulfil(actor: &Actor, place: &Place, by: By) -> Result<Permit, Denied> {
    let allowed = match by {
        // Many a committee has nobody at a desk: the neighborhood types for it.
        By::Committee => actor.is_one_of(&[Role::OwnersCommittee, Role::Neighborhood]),
        By::Neighborhood => actor.is_one_of(&[Role::Neighborhood, Role::Subdistrict]),
        By::Street => actor.is(Role::Subdistrict),
    };
    Permit::when(actor.serves(place), allowed, "assemblies.fulfil_duty")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::Tenant;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn matrix() {
        let hats = [
            ("committee", Role::OwnersCommittee, Scope::Community(9)),
            ("next committee", Role::OwnersCommittee, Scope::Community(8)),
            ("party branch", Role::PartyBranch, Scope::Community(9)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("next subdistrict", Role::Subdistrict, Scope::Subdistrict(52)),
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("company", Role::Enterprise, Scope::Enterprise(70)),
        ];
        let mut table =
            format!("{:18}{:5}{:5}{:5}{:5}{:5}{}", "", "see", "keep", "file", "own", "near", "street");
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let row = [
                may_see(&actor, &PLACE),
                may_keep(&actor, &PLACE),
                may_file(&actor, &PLACE),
                may_fulfil(&actor, &PLACE, By::Committee),
                may_fulfil(&actor, &PLACE, By::Neighborhood),
                may_fulfil(&actor, &PLACE, By::Street),
            ]
            .map(verdict);
            let row: String = row.iter().map(|it| format!("{it:5}")).collect();
            write!(table, "\n{name:18}{}", row.trim_end()).unwrap();
        }
        insta::assert_snapshot!(table, @r"
                          see  keep file own  near street
        committee         ✔    403  403  ✔    403  403
        next committee    404  404  404  404  404  404
        party branch      ✔    403  403  403  403  403
        neighborhood      ✔    ✔    403  ✔    ✔    403
        subdistrict       ✔    ✔    ✔    403  ✔    ✔
        next subdistrict  404  404  404  404  404  404
        county bureau     ✔    403  403  403  403  403
        company           403  403  403  403  403  403
        ");
    }
}
