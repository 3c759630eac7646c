//! Who settles the facts a ranking rests on. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit};

use crate::openings::types::Owner;

/// 核定, and the page of it: the office that runs the campaign.
pub(crate) fn may_settle(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.settle_facts")
}

#[cfg(test)]
mod tests {
    use kernel::{Role, Scope, Tenant};
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn whoever_runs_the_campaign_settles_its_facts() {
        let (city, county) = (Owner { city: 1, county: None }, Scope::County(Tenant::from_number(5)));
        let settles = |role, scope| verdict(may_settle(&actor(role, scope), city));
        assert_eq!(settles(Role::CityBureau, Scope::City(1)), "✔");
        assert_eq!(settles(Role::CityBureau, Scope::City(2)), "404");
        assert_eq!(settles(Role::Assessor, Scope::City(1)), "403");
        assert_eq!(settles(Role::CountyBureau, county), "404");
    }
}
