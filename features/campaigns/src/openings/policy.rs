//! Who may do what with a campaign. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

use super::types::{Addressee, Owner};

/// Offices and bodies that take part, and assessors.
const TAKERS: [Role; 8] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
    Role::Assessor,
];

/// 开展活动: the city's regulator, or a county's for its own county.
pub(crate) fn may_open(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.open")
}

/// 延期, 公示 and all else that is the owner's: the city's regulator.
pub(crate) fn may_run(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.run")
}

/// 签收: a county's regulator of what the city sent, a street of what its county sent.
pub(crate) fn may_sign(actor: &Actor, owner: Owner) -> Result<(Permit, Addressee), Denied> {
    let (asked, addressee) = match (actor.hat.scope, owner.county) {
        (Scope::County(tenant), None) => (actor.is(Role::CountyBureau), Addressee::County(tenant)),
        (Scope::Subdistrict(id), Some(tenant)) => {
            (actor.is(Role::Subdistrict), Addressee::Street(tenant, id))
        }
        _ => (false, Addressee::County(Tenant::from_number(0))),
    };
    Ok((Permit::when(true, asked, "campaigns.sign")?, addressee))
}

pub(crate) fn may_see(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&TAKERS), "campaigns.see")
}

#[cfg(test)]
mod tests {
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn a_city_runs_its_own_campaign_and_a_county_its_own() {
        let county = |n| Scope::County(Tenant::from_number(n));
        let city = Owner { city: 1, county: None };
        let own = Owner { city: 1, county: Some(Tenant::from_number(5)) };
        let runs = |role, scope, owner| verdict(may_run(&actor(role, scope), owner));
        assert_eq!(runs(Role::CityBureau, Scope::City(1), city), "✔");
        assert_eq!(runs(Role::CityBureau, Scope::City(1), own), "404");
        assert_eq!(runs(Role::CountyBureau, county(5), own), "✔");
        assert_eq!(runs(Role::CountyBureau, county(5), city), "404");
        assert_eq!(runs(Role::CountyBureau, county(6), own), "404");
        assert_eq!(runs(Role::Assessor, county(5), own), "403");
        assert_eq!(runs(Role::Subdistrict, Scope::Subdistrict(51), own), "404");
    }

    #[test]
    fn a_notice_is_signed_by_those_it_was_sent_to() {
        let (city, own) =
            (Owner { city: 1, county: None }, Owner { city: 1, county: Some(Tenant::from_number(5)) });
        let signs = |role, scope, owner| may_sign(&actor(role, scope), owner).map(|it| it.1).ok();
        let county = Scope::County(Tenant::from_number(5));
        let street = Scope::Subdistrict(51);
        let five = Tenant::from_number(5);
        assert_eq!(signs(Role::CountyBureau, county, city), Some(Addressee::County(five)));
        assert_eq!(signs(Role::CountyBureau, county, own), None);
        assert_eq!(signs(Role::Subdistrict, street, own), Some(Addressee::Street(five, 51)));
        assert_eq!(signs(Role::Subdistrict, street, city), None);
        assert_eq!(signs(Role::Assessor, county, city), None);
    }
}
