//! Who proposes a renewal, records its consents and lets it begin. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let readers = [
        Role::CityBureau,
        Role::CountyBureau,
        Role::Subdistrict,
        Role::Neighborhood,
        Role::PartyBranch,
        Role::OwnersCommittee,
    ];
    Permit::when(actor.serves(place), actor.is_one_of(&readers), "assemblies.see_renewals")
}

/// 申请、登记共识: the neighborhood, or the street.
pub(crate) fn may_propose(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let proposes = [Role::Neighborhood, Role::Subdistrict];
    Permit::when(actor.serves(place), actor.is_one_of(&proposes), "assemblies.propose_renewal")
}

/// 纳入、开工、完工、终止: the street, or the county that keeps the plan.
pub(crate) fn may_lead(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let leads = [Role::Subdistrict, Role::CountyBureau];
    Permit::when(actor.serves(place), actor.is_one_of(&leads), "assemblies.lead_renewal")
}

#[cfg(test)]
mod tests {
    use kernel::{Scope, Tenant};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn the_street_and_the_county_open_the_doors() {
        let hats = [
            (Role::Neighborhood, Scope::Neighborhood(511), "✔ ✔ 403"),
            (Role::Neighborhood, Scope::Neighborhood(512), "404 404 404"),
            (Role::Subdistrict, Scope::Subdistrict(51), "✔ ✔ ✔"),
            (Role::CountyBureau, Scope::County(Tenant::from_number(5)), "✔ 403 ✔"),
            (Role::OwnersCommittee, Scope::Community(9), "✔ 403 403"),
            (Role::Enterprise, Scope::Enterprise(70), "403 403 403"),
        ];
        for (role, scope, told) in hats {
            let actor = actor(role, scope);
            let all = [may_see(&actor, &PLACE), may_propose(&actor, &PLACE), may_lead(&actor, &PLACE)];
            assert_eq!(all.map(verdict).join(" "), told, "{role:?}");
        }
    }
}
