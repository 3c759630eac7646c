//! Who may do what with reports. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

use crate::openings::types::Owner;

/// Where the city's own report lies.
pub(crate) const OF_THE_CITY: Tenant = Tenant::from_number(0);

/// 撰写、报送: a county's regulator its county's own, the campaign's owner the city's. Whose report it is comes with it;
/// the city's own lies with no county.
pub(crate) fn may_report(actor: &Actor, owner: Owner, by_city: bool) -> Result<(Permit, Tenant), Denied> {
    let runs = owner.is_at(actor) && owner.is_office(actor);
    let (may, tenant) = match actor.hat.scope {
        // Its own campaign's report to the office above, or the one every county owes.
        Scope::County(_) if by_city => (runs, OF_THE_CITY),
        Scope::County(tenant) => (actor.is(Role::CountyBureau), tenant),
        Scope::City(_) => (by_city && runs, OF_THE_CITY),
        _ => (false, OF_THE_CITY),
    };
    Ok((Permit::when(true, may, "campaigns.report")?, tenant))
}

/// 查看: the county its own, the city all of its campaign.
pub(crate) fn may_see(actor: &Actor, owner: Owner, tenant: Tenant) -> Result<Permit, Denied> {
    let inside = owner.is_at(actor) || actor.hat.scope == Scope::County(tenant);
    let office = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]);
    Permit::when(inside, office, "campaigns.see_report")
}

/// 退回补充: the campaign's owner.
pub(crate) fn may_send_back(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.send_back_report")
}

#[cfg(test)]
mod tests {
    use kernel::{Hat, UserId};

    use super::*;

    const CITY: Owner = Owner { city: 1, county: None };

    #[test]
    fn a_county_reads_its_own_report_and_the_city_all() {
        let county = |n| Scope::County(Tenant::from_number(n));
        let sees = |role, scope| {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            may_see(&actor, CITY, Tenant::from_number(5)).is_ok()
        };
        assert!(sees(Role::CityBureau, Scope::City(1)) && sees(Role::CountyBureau, county(5)));
        assert!(!sees(Role::CityBureau, Scope::City(2)) && !sees(Role::CountyBureau, county(6)));
        assert!(!sees(Role::Assessor, Scope::City(1)) && !sees(Role::Assessor, county(5)));
    }
}
