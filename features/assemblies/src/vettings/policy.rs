//! Who nominates, who is of the vetting group, who concludes. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 推荐: the neighborhood with its party organisation, the group that prepares, the committee that steps down.
const NOMINATORS: [Role; 4] =
    [Role::Neighborhood, Role::PreparatoryGroup, Role::OwnersCommittee, Role::PartyBranch];
/// 联审组: the only ones who read a department's opinion and its reason.
const GROUP: [Role; 2] = [Role::Neighborhood, Role::Subdistrict];
const READERS: [Role; 6] = [
    Role::Neighborhood,
    Role::Subdistrict,
    Role::PreparatoryGroup,
    Role::OwnersCommittee,
    Role::PartyBranch,
    Role::CountyBureau,
];

/// Whether a candidate passed, without why.
pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "assemblies.see_candidates")
}

pub(crate) fn may_nominate(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&NOMINATORS), "assemblies.nominate")
}

/// 看意见.
pub(crate) fn may_vet(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&GROUP), "assemblies.vet")
}

/// 登记部门意见: the neighborhood leads (SC-031).
pub(crate) fn may_record(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Neighborhood), "assemblies.record_opinion")
}

/// 结论: the street.
pub(crate) fn may_conclude(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Subdistrict), "assemblies.conclude_vetting")
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
            ("party branch", Role::PartyBranch, Scope::Community(9)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("company", Role::Enterprise, Scope::Enterprise(70)),
        ];
        let mut table =
            format!("{:16}{:5}{:9}{:5}{:8}{}", "", "see", "nominate", "vet", "record", "conclude");
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let row = [
                may_see(&actor, &PLACE),
                may_nominate(&actor, &PLACE),
                may_vet(&actor, &PLACE),
                may_record(&actor, &PLACE),
                may_conclude(&actor, &PLACE),
            ]
            .map(verdict);
            write!(table, "\n{name:16}{:5}{:9}{:5}{:8}{}", row[0], row[1], row[2], row[3], row[4]).unwrap();
        }
        insta::assert_snapshot!(table, @r"
                        see  nominate vet  record  conclude
        committee       ✔    ✔        403  403     403
        next committee  404  404      404  404     404
        party branch    ✔    ✔        403  403     403
        neighborhood    ✔    ✔        ✔    ✔       403
        subdistrict     ✔    403      ✔    403     ✔
        county bureau   ✔    403      403  403     403
        company         403  403      403  403     403
        ");
    }
}
