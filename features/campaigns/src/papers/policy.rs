//! Who may enter what came on paper. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope, Tenant};

use crate::openings::types::Owner;

/// 录入书面报送: the campaign's owner for any of its counties, a county for itself.
pub(crate) fn may_enter(actor: &Actor, owner: Owner, county: Tenant) -> Result<Permit, Denied> {
    let own = actor.hat.scope == Scope::County(county);
    let all = owner.is_at(actor);
    let allowed = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]);
    Permit::when(own || all, allowed, "campaigns.enter_paper")
}

/// Who says on which day the papers came: the office they were sent to.
pub(crate) fn receives(actor: &Actor, owner: Owner) -> bool {
    owner.is_office(actor)
}

/// Reading a filled 附件3 into an application that came on paper.
pub(crate) fn may_read_in(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let allowed = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]);
    Permit::when(actor.serves(place), allowed, "campaigns.read_annex")
}

/// The desk: whoever may enter for somebody.
pub(crate) fn may_open(actor: &Actor) -> Result<Permit, Denied> {
    let allowed = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]);
    Permit::when(true, allowed, "campaigns.enter_paper")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use testkit::{actor, verdict};

    use super::*;

    const CITY: Owner = Owner { city: 1, county: None };

    #[test]
    fn matrix() {
        let place =
            Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 70 };
        let county = |n| Scope::County(Tenant::from_number(n));
        let hats = [
            ("city bureau", Role::CityBureau, Scope::City(1)),
            ("next city", Role::CityBureau, Scope::City(2)),
            ("county bureau", Role::CountyBureau, county(5)),
            ("next county", Role::CountyBureau, county(6)),
            ("enterprise serving it", Role::Enterprise, Scope::Enterprise(70)),
            ("assessor", Role::Assessor, Scope::City(1)),
        ];
        let mut table = format!("{:23}enter read-in\n", "");
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let row = [
                verdict(may_enter(&actor, CITY, Tenant::from_number(5))),
                verdict(may_read_in(&actor, &place)),
            ];
            writeln!(table, "{name:23}{:6}{}", row[0], row[1]).unwrap();
        }
        insta::assert_snapshot!(table, @r"
                               enter read-in
        city bureau            ✔     ✔
        next city              404   404
        county bureau          ✔     ✔
        next county            404   404
        enterprise serving it  404   403
        assessor               403   403
        ");
    }
}
