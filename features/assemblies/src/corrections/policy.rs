//! Who orders and who says what came of it. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 责令整改: the neighborhood's party organisation, the street, the county.
pub(crate) fn may_order(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let orders = [Role::Neighborhood, Role::Subdistrict, Role::CountyBureau];
    Permit::when(actor.serves(place), actor.is_one_of(&orders), "assemblies.order_correction")
}

#[cfg(test)]
mod tests {
    use kernel::{Hat, Scope, UserId};

    use super::*;

    #[test]
    fn never_the_committee_itself() {
        let place =
            Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 70 };
        let may = |role, scope| {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            may_order(&actor, &place).is_ok()
        };
        assert!(may(Role::Neighborhood, Scope::Neighborhood(511)));
        assert!(may(Role::Subdistrict, Scope::Subdistrict(51)));
        assert!(!may(Role::Subdistrict, Scope::Subdistrict(52)));
        assert!(!may(Role::OwnersCommittee, Scope::Community(9)));
        assert!(!may(Role::Enterprise, Scope::Enterprise(70)));
    }
}
