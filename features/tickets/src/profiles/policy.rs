//! Who may choose and confirm a county's clocks. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

/// 确认时限方案: the county's regulator.
pub(crate) fn may_confirm(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    match actor.hat.scope {
        Scope::County(tenant) => {
            Ok((Permit::when(true, actor.is(Role::CountyBureau), "tickets.confirm_profile")?, tenant))
        }
        _ => Permit::when(true, false, "tickets.confirm_profile").map(|it| (it, Tenant::from_number(0))),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Hat, UserId};

    use super::*;

    #[test]
    fn only_the_countys_regulator_confirms_its_clocks() {
        let may = |role, scope| {
            may_confirm(&Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } }).is_ok()
        };
        assert!(may(Role::CountyBureau, Scope::County(Tenant::from_number(5))));
        assert!(!may(Role::CityBureau, Scope::City(1)));
        assert!(!may(Role::Assessor, Scope::County(Tenant::from_number(5))));
    }
}
