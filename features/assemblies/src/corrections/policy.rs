//! Who orders and who says what came of it. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 责令整改: the neighborhood's party organisation, the street, the county.
pub(crate) fn may_order(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let orders = [Role::Neighborhood, Role::Subdistrict, Role::CountyBureau];
    Permit::when(actor.serves(place), actor.is_one_of(&orders), "assemblies.order_correction")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor};

    use super::*;

    #[test]
    fn never_the_committee_itself() {
        let may = |role, scope| {
            let actor = actor(role, scope);
            may_order(&actor, &PLACE).is_ok()
        };
        assert!(may(Role::Neighborhood, Scope::Neighborhood(511)));
        assert!(may(Role::Subdistrict, Scope::Subdistrict(51)));
        assert!(!may(Role::Subdistrict, Scope::Subdistrict(52)));
        assert!(!may(Role::OwnersCommittee, Scope::Community(9)));
        assert!(!may(Role::Enterprise, Scope::Enterprise(70)));
    }
}
