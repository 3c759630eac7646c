//! Who may do what with appeals. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

use super::types::Subject;
use crate::{applications::types::Party, openings::types::Owner};

/// 提出申诉: whoever the application is of, and its county for a score.
pub(crate) fn may_raise(
    actor: &Actor,
    (place, party): (&Place, Party),
    owner: Owner,
    subject: Option<&Subject>,
) -> Result<Permit, Denied> {
    // Whoever gave the scores does not appeal against them.
    let county = actor.is(Role::CountyBureau) && !owner.is_office(actor);
    let county = county && subject.is_none_or(Subject::is_score);
    let own = party != Party::County && actor.is(party.role());
    Permit::when(actor.serves(place), own || county, "campaigns.appeal")
}

/// Reading what was raised about an application: whoever it is of, its county and the campaign's owner.
pub(crate) fn may_see(actor: &Actor, place: &Place, party: Party) -> Result<Permit, Denied> {
    let roles = [party.role(), Role::CountyBureau, Role::CityBureau];
    Permit::when(actor.serves(place), actor.is_one_of(&roles), "campaigns.see_appeals")
}

/// A campaign's appeals together: its owner, and each county its own.
pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    let roles = [Role::CityBureau, Role::CountyBureau];
    Permit::when(true, actor.is_one_of(&roles), "campaigns.list_appeals")
}

/// 告知得分: the campaign's owner.
pub(crate) fn may_tell(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.tell_scores")
}

/// 答复: a score by the campaign's owner alone; a gate or veto also by the county that keeps the register.
pub(crate) fn may_answer(
    actor: &Actor,
    place: &Place,
    owner: Owner,
    subject: &Subject,
) -> Result<Permit, Denied> {
    let county = actor.is(Role::CountyBureau) && !subject.is_score();
    Permit::when(actor.serves(place), owner.is_office(actor) || county, "campaigns.answer_appeal")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::{Scope, Tenant};
    use testkit::{actor, verdict};

    use super::*;

    const CITY: Owner = Owner { city: 1, county: None };

    /// The whole policy as one table: read the diff, not the code.
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
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("enterprise serving it", Role::Enterprise, Scope::Enterprise(70)),
            ("another enterprise", Role::Enterprise, Scope::Enterprise(71)),
            ("assessor", Role::Assessor, Scope::City(1)),
            ("public", Role::Public, Scope::Nothing),
        ];
        let (item, gate) = (Subject::Item("1.1".to_owned()), Subject::Gate("g1".to_owned()));
        let mut table = format!("{:23}raise-item raise-gate see  list tell answer-item answer-gate\n", "");
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let row = [
                verdict(may_raise(&actor, (&place, Party::Enterprise), CITY, Some(&item))),
                verdict(may_raise(&actor, (&place, Party::Enterprise), CITY, Some(&gate))),
                verdict(may_see(&actor, &place, Party::Enterprise)),
                verdict(may_list(&actor)),
                verdict(may_tell(&actor, CITY)),
                verdict(may_answer(&actor, &place, CITY, &item)),
                verdict(may_answer(&actor, &place, CITY, &gate)),
            ];
            writeln!(
                table,
                "{name:23}{:11}{:11}{:5}{:5}{:5}{:12}{}",
                row[0], row[1], row[2], row[3], row[4], row[5], row[6]
            )
            .unwrap();
        }
        insta::assert_snapshot!(table, @r"
                               raise-item raise-gate see  list tell answer-item answer-gate
        city bureau            403        403        ✔    ✔    ✔    ✔           ✔
        next city              404        404        404  ✔    404  404         404
        county bureau          ✔          403        ✔    ✔    404  403         ✔
        next county            404        404        404  ✔    404  404         404
        subdistrict            403        403        403  403  404  403         403
        enterprise serving it  ✔          ✔          ✔    403  404  403         403
        another enterprise     404        404        404  403  404  404         404
        assessor               403        403        403  403  403  403         403
        public                 404        404        404  403  404  404         404
        ");
    }

    #[test]
    fn whose_it_is_appeals_and_not_whoever_else_serves_there() {
        let place = testkit::PLACE;
        let company = actor(Role::Enterprise, Scope::Enterprise(place.enterprise));
        let committee = actor(Role::OwnersCommittee, Scope::Community(place.community));
        let county = actor(Role::CountyBureau, Scope::County(Tenant::from_number(5)));
        let (item, gate) = (Subject::Item("1.1".to_owned()), Subject::Gate("g1".to_owned()));
        let raise = |actor, party, owner, it| verdict(may_raise(actor, (&place, party), owner, Some(it)));
        let own = Owner { city: 1, county: Some(Tenant::from_number(5)) };
        let of = |party| [&company, &committee, &county].map(|it| raise(it, party, CITY, &item));
        assert_eq!(of(Party::Enterprise), ["✔", "403", "✔"]);
        assert_eq!(of(Party::Committee), ["403", "✔", "✔"]);
        assert_eq!(of(Party::County), ["403", "403", "✔"]);
        // Nobody's but the county's: it keeps the registers, and where it runs the campaign it gave the scores.
        assert_eq!(raise(&county, Party::County, CITY, &gate), "403");
        assert_eq!(raise(&county, Party::County, own, &item), "403");
    }

    #[test]
    fn a_county_that_runs_the_campaign_answers_and_does_not_appeal_against_itself() {
        let place = testkit::PLACE;
        let own = Owner { city: 1, county: Some(Tenant::from_number(5)) };
        let county = actor(Role::CountyBureau, Scope::County(Tenant::from_number(5)));
        let city = actor(Role::CityBureau, Scope::City(1));
        let company = actor(Role::Enterprise, Scope::Enterprise(70));
        let item = Subject::Item("1.1".to_owned());
        assert_eq!(verdict(may_raise(&county, (&place, Party::Enterprise), own, Some(&item))), "403");
        assert_eq!(verdict(may_raise(&company, (&place, Party::Enterprise), own, Some(&item))), "✔");
        assert_eq!(verdict(may_answer(&county, &place, own, &item)), "✔");
        assert_eq!(verdict(may_answer(&city, &place, own, &item)), "403");
        assert_eq!(verdict(may_tell(&county, own)), "✔");
        assert_eq!(verdict(may_tell(&city, own)), "404");
    }
}
