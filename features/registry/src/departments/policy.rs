//! Who keeps the list of departments. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

/// 登记、改名、撤销部门: the county bureau, of its own county.
pub(crate) fn may_keep(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    let tenant = match actor.hat.scope {
        Scope::County(tenant) => tenant,
        _ => Tenant::from_number(0),
    };
    let bureau = actor.is(Role::CountyBureau) && tenant.number() != 0;
    Permit::when(true, bureau, "registry.keep_departments").map(|it| (it, tenant))
}

#[cfg(test)]
mod tests {
    use testkit::actor;

    use super::*;

    #[test]
    fn a_countys_bureau_keeps_its_own_and_nobody_else_any() {
        let five = Tenant::from_number(5);
        assert_eq!(may_keep(&actor(Role::CountyBureau, Scope::County(five))).unwrap().1, five);
        for (role, scope) in [
            (Role::CityBureau, Scope::City(1)),
            (Role::Subdistrict, Scope::Subdistrict(51)),
            (Role::CoHandler, Scope::Department(3)),
            (Role::SystemAdministrator, Scope::Nothing),
            (Role::CoHandler, Scope::County(five)),
        ] {
            assert!(may_keep(&actor(role, scope)).is_err(), "{role:?}");
        }
    }
}
