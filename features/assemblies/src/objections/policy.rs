//! Who answers an objection. Pure, and the only place that says so.

use jiff::civil::Date;
use kernel::{Actor, Denied, Permit, Place, Role};

/// 答复异议: the street; where it stayed silent past the day, the county in its stead, so that silence holds nothing up.
pub(crate) fn may_answer(
    actor: &Actor,
    place: &Place,
    answer_by: Date,
    today: Date,
) -> Result<Permit, Denied> {
    let stands_in = actor.is(Role::CountyBureau) && answer_by < today;
    Permit::when(actor.serves(place), actor.is(Role::Subdistrict) || stands_in, "assemblies.answer")
}

/// Who reads how to reach the objector: the street that answers; the county only what it may answer itself.
pub(crate) fn reaches(actor: &Actor, place: &Place, answerable: bool) -> bool {
    actor.serves(place) && (actor.is(Role::Subdistrict) || answerable)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::{Scope, Tenant};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn the_county_answers_only_what_the_street_left_lying() {
        let day = date(2024, 9, 1);
        let told = |role, scope, today| verdict(may_answer(&actor(role, scope), &PLACE, day, today));
        let county = Scope::County(Tenant::from_number(5));
        assert_eq!(told(Role::Subdistrict, Scope::Subdistrict(51), day), "✔");
        assert_eq!(told(Role::Subdistrict, Scope::Subdistrict(52), day), "404");
        assert_eq!(told(Role::CountyBureau, county, day), "403");
        assert_eq!(told(Role::CountyBureau, county, date(2024, 9, 2)), "✔");
        assert_eq!(told(Role::CountyBureau, Scope::County(Tenant::from_number(6)), date(2024, 9, 2)), "404");
        assert_eq!(told(Role::Neighborhood, Scope::Neighborhood(511), date(2024, 9, 2)), "403");
        assert_eq!(told(Role::OwnersCommittee, Scope::Community(9), date(2024, 9, 2)), "403");
    }
}
