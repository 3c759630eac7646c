//! Who keeps a county's templates. Whoever answers a case uses them. Pure.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

/// 维护模板: the county's regulator.
pub(crate) fn may_keep(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    let tenant = match actor.hat.scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let may = tenant.is_some() && actor.is(Role::CountyBureau);
    let permit = Permit::when(true, may, "tickets.keep_templates")?;
    Ok((permit, tenant.unwrap_or(Tenant::from_number(0))))
}

#[cfg(test)]
mod tests {
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn the_county_keeps_its_templates() {
        let keeps = |role, scope| verdict(may_keep(&actor(role, scope)).map(|it| it.0));
        assert_eq!(keeps(Role::CountyBureau, Scope::County(Tenant::from_number(5))), "✔");
        assert_eq!(keeps(Role::CityBureau, Scope::City(1)), "403");
        assert_eq!(keeps(Role::Enterprise, Scope::Enterprise(70)), "403");
    }
}
