//! Who carries a decision out. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 执行: the committee, or the neighborhood in its stead.
pub(crate) fn may_execute(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let executes = [Role::OwnersCommittee, Role::Neighborhood];
    Permit::when(actor.serves(place), actor.is_one_of(&executes), "assemblies.execute")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor};

    use super::*;

    #[test]
    fn the_committee_and_the_neighborhood_and_nobody_else() {
        let may = |role, scope| {
            let actor = actor(role, scope);
            may_execute(&actor, &PLACE).is_ok()
        };
        assert!(may(Role::OwnersCommittee, Scope::Community(9)));
        assert!(may(Role::Neighborhood, Scope::Neighborhood(511)));
        assert!(!may(Role::OwnersCommittee, Scope::Community(8)));
        assert!(!may(Role::Subdistrict, Scope::Subdistrict(51)));
        assert!(!may(Role::Enterprise, Scope::Enterprise(70)));
    }
}
