//! Who keeps the list; everybody may read it. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

/// 列入、移出: the county's regulator (以县为单位制定).
pub(crate) fn may_keep(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    let tenant = match actor.hat.scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let may = tenant.is_some() && actor.is(Role::CountyBureau);
    let permit = Permit::when(true, may, "tickets.keep_enforcements")?;
    Ok((permit, tenant.unwrap_or(Tenant::from_number(0))))
}

/// 查看全部, with what was taken off it: those who work in the county.
pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    let works = actor.hat.role.is_staff() && !actor.hat.role.is_administrator();
    Permit::when(true, works, "tickets.see_enforcements")
}

#[cfg(test)]
mod tests {
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn the_county_keeps_its_list_and_nobody_else() {
        let keeps = |role, scope| verdict(may_keep(&actor(role, scope)).map(|it| it.0));
        assert_eq!(keeps(Role::CountyBureau, Scope::County(Tenant::from_number(5))), "✔");
        for (role, scope) in [
            (Role::CityBureau, Scope::City(1)),
            (Role::Subdistrict, Scope::Subdistrict(51)),
            (Role::Neighborhood, Scope::Neighborhood(511)),
            (Role::Enterprise, Scope::Enterprise(70)),
            (Role::Public, Scope::Nothing),
        ] {
            assert_eq!(keeps(role, scope), "403", "{role:?}");
        }
        assert_eq!(verdict(may_list(&actor(Role::Enterprise, Scope::Enterprise(70)))), "✔");
        assert_eq!(verdict(may_list(&actor(Role::SystemAdministrator, Scope::Nothing))), "403");
        assert_eq!(verdict(may_list(&actor(Role::Owner, Scope::Nothing))), "403");
    }
}
