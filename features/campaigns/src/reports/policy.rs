//! Who may do what with reports. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

/// 撰写、报送: the county's regulator, its own.
pub(crate) fn may_report(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    match actor.hat.scope {
        Scope::County(tenant) => {
            Ok((Permit::when(true, actor.is(Role::CountyBureau), "campaigns.report")?, tenant))
        }
        _ => Permit::when(true, false, "campaigns.report").map(|it| (it, Tenant::from_number(0))),
    }
}

/// 查看: the county its own, the city all of its campaign.
pub(crate) fn may_see(actor: &Actor, city: i64, tenant: Tenant) -> Result<Permit, Denied> {
    let inside = actor.hat.scope == Scope::City(city) || actor.hat.scope == Scope::County(tenant);
    let office = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]);
    Permit::when(inside, office, "campaigns.see_report")
}

/// 退回补充: the campaign's owner.
pub(crate) fn may_send_back(actor: &Actor, city: i64) -> Result<Permit, Denied> {
    Permit::when(
        actor.hat.scope == Scope::City(city),
        actor.is(Role::CityBureau),
        "campaigns.send_back_report",
    )
}

#[cfg(test)]
mod tests {
    use kernel::{Hat, UserId};

    use super::*;

    #[test]
    fn a_county_reads_its_own_report_and_the_city_all() {
        let county = |n| Scope::County(Tenant::from_number(n));
        let sees = |role, scope| {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            may_see(&actor, 1, Tenant::from_number(5)).is_ok()
        };
        assert!(sees(Role::CityBureau, Scope::City(1)) && sees(Role::CountyBureau, county(5)));
        assert!(!sees(Role::CityBureau, Scope::City(2)) && !sees(Role::CountyBureau, county(6)));
        assert!(!sees(Role::Assessor, Scope::City(1)) && !sees(Role::Assessor, county(5)));
    }
}
