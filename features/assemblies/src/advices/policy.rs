//! Who advises on a committee's structure. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 社区党组织, which the neighborhood's hat stands for (SC-028).
pub(crate) fn may_give(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Neighborhood), "assemblies.advise_structure")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn the_neighborhood_advises_and_nobody_else() {
        let tell = |role, scope| verdict(may_give(&actor(role, scope), &PLACE));
        assert_eq!(tell(Role::Neighborhood, Scope::Neighborhood(511)), "✔");
        assert_eq!(tell(Role::Neighborhood, Scope::Neighborhood(512)), "404");
        assert_eq!(tell(Role::Subdistrict, Scope::Subdistrict(51)), "403");
        assert_eq!(tell(Role::OwnersCommittee, Scope::Community(9)), "403");
    }
}
