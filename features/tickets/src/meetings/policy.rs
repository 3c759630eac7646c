//! Who keeps which meeting's agenda. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

use super::types::Meeting;

const READERS: [Role; 4] = [Role::CityBureau, Role::CountyBureau, Role::Subdistrict, Role::Neighborhood];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, visible(actor) != Scope::Nothing, "tickets.see_meetings")
}

/// 登记会议决定: the township convenes the neighborhood's meeting and the alliance (SC-014, SC-015), the county its own.
pub(crate) fn may_decide(actor: &Actor, place: &Place, meeting: Meeting) -> Result<Permit, Denied> {
    let convenor = match meeting {
        Meeting::Neighborhood | Meeting::Alliance => Role::Subdistrict,
        Meeting::County => Role::CountyBureau,
    };
    Permit::when(actor.serves(place), actor.is(convenor), "tickets.decide_matter")
}

#[cfg(test)]
mod tests {
    use kernel::Tenant;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    // covers: SC-015
    #[test]
    fn the_township_convenes_two_of_them_and_the_county_its_own() {
        let hats = [
            (Role::Subdistrict, Scope::Subdistrict(51), "✔ ✔ 403"),
            (Role::Subdistrict, Scope::Subdistrict(52), "404 404 404"),
            (Role::CountyBureau, Scope::County(Tenant::from_number(5)), "403 403 ✔"),
            (Role::CityBureau, Scope::City(1), "403 403 403"),
            (Role::Neighborhood, Scope::Neighborhood(511), "403 403 403"),
            (Role::Enterprise, Scope::Enterprise(70), "403 403 403"),
        ];
        for (role, scope, told) in hats {
            let actor = actor(role, scope);
            let verdicts = Meeting::ALL.map(|it| verdict(may_decide(&actor, &PLACE, it.0)));
            assert_eq!(verdicts.join(" "), told, "{role:?}");
        }
        assert_eq!(verdict(may_list(&actor(Role::Enterprise, Scope::Enterprise(70)))), "403");
    }
}
