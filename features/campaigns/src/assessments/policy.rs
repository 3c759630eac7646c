//! Who may do what with sheets and rankings. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope, Tenant, UserId};

use super::types::Panel;
use crate::{applications::types::Party, openings::types::Owner};

/// A sheet is its assessor's own: nobody else opens it, so that nobody is swayed.
pub(crate) fn may_score(actor: &Actor, assessor: UserId) -> Result<Permit, Denied> {
    Permit::when(actor.user == assessor, actor.is(Role::Assessor), "campaigns.score")
}

pub(crate) fn may_see_own_sheets(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Assessor), "campaigns.see_sheets")
}

/// 分配, 排名 and 公示: the campaign's owner.
pub(crate) fn may_rank(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.rank")
}

/// 县区自评: a county's regulator, for its own applicants.
pub(crate) fn may_rank_county(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    match actor.hat.scope {
        Scope::County(tenant) => {
            Ok((Permit::when(true, actor.is(Role::CountyBureau), "campaigns.rank_county")?, tenant))
        }
        _ => {
            Permit::when(true, false, "campaigns.rank_county").map(|permit| (permit, Tenant::from_number(0)))
        }
    }
}

/// The ranking's owner, whichever it is.
pub(crate) fn may_rank_panel(actor: &Actor, owner: Owner, panel: Panel) -> Result<Permit, Denied> {
    match panel {
        Panel::City => may_rank(actor, owner),
        Panel::County(tenant) => Permit::when(
            actor.hat.scope == Scope::County(tenant),
            actor.is(Role::CountyBureau),
            "campaigns.rank_county",
        ),
    }
}

/// 得分说明 (item sums and reasons, never who gave them): whoever ranks at any time, whoever it is of and the county once
/// the scores are told or the list is posted.
pub(crate) fn may_see_score(
    actor: &Actor,
    (place, party): (&Place, Party),
    owner: Owner,
    told: bool,
) -> Result<Permit, Denied> {
    let ranks = owner.is_office(actor);
    let concerned = actor.is_one_of(&[Role::CountyBureau, party.role()]);
    Permit::when(actor.serves(place), ranks || (told && concerned), "campaigns.see_score")
}

pub(crate) fn may_publish(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.publish")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::{Hat, Why};

    use super::*;

    const CITY: Owner = Owner { city: 1, county: None };

    /// The whole policy as one table: read the diff, not the code.
    #[test]
    fn matrix() {
        let place =
            Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 70 };
        let county = |n| Scope::County(Tenant::from_number(n));
        let hats = [
            ("city bureau", 1, Role::CityBureau, Scope::City(1)),
            ("next city", 1, Role::CityBureau, Scope::City(2)),
            ("county bureau", 1, Role::CountyBureau, county(5)),
            ("next county", 1, Role::CountyBureau, county(6)),
            ("own assessor", 2, Role::Assessor, Scope::City(1)),
            ("another assessor", 3, Role::Assessor, Scope::City(1)),
            ("enterprise serving it", 1, Role::Enterprise, Scope::Enterprise(70)),
            ("another enterprise", 1, Role::Enterprise, Scope::Enterprise(71)),
            ("neighborhood", 1, Role::Neighborhood, Scope::Neighborhood(511)),
        ];
        let mut table = format!("{:24}score rank county publish explain posted\n", "");
        for (name, user, role, scope) in hats {
            let actor = Actor { user: UserId::from(user), hat: Hat { grant: 1, role, scope } };
            let mark = |it: Result<Permit, Denied>| match it {
                Ok(_) => "✔",
                Err(denied) if denied.why == Why::OutOfScope => "404",
                Err(_) => "403",
            };
            let row = [
                mark(may_score(&actor, UserId::from(2))),
                mark(may_rank(&actor, CITY)),
                mark(may_rank_panel(&actor, CITY, Panel::County(Tenant::from_number(5)))),
                mark(may_publish(&actor, CITY)),
                mark(may_see_score(&actor, (&place, Party::Enterprise), CITY, false)),
                mark(may_see_score(&actor, (&place, Party::Enterprise), CITY, true)),
            ];
            writeln!(
                table,
                "{name:24}{:6}{:5}{:7}{:8}{:8}{}",
                row[0], row[1], row[2], row[3], row[4], row[5]
            )
            .unwrap();
        }
        insta::assert_snapshot!(table, @r"
                                score rank county publish explain posted
        city bureau             404   ✔    404    ✔       ✔       ✔
        next city               404   404  404    404     404     404
        county bureau           404   404  ✔      404     403     ✔
        next county             404   404  404    404     404     404
        own assessor            ✔     403  404    403     403     403
        another assessor        404   403  404    403     403     403
        enterprise serving it   404   404  404    404     403     ✔
        another enterprise      404   404  404    404     404     404
        neighborhood            404   404  404    404     403     403
        ");
    }

    #[test]
    fn a_score_is_read_by_whose_it_is() {
        let place = testkit::PLACE;
        let hats = [
            testkit::actor(Role::Enterprise, Scope::Enterprise(place.enterprise)),
            testkit::actor(Role::OwnersCommittee, Scope::Community(place.community)),
            testkit::actor(Role::CountyBureau, Scope::County(Tenant::from_number(5))),
        ];
        let reads = |party, told| {
            hats.each_ref().map(|it| testkit::verdict(may_see_score(it, (&place, party), CITY, told)))
        };
        assert_eq!(reads(Party::Enterprise, true), ["✔", "403", "✔"]);
        assert_eq!(reads(Party::Committee, true), ["403", "✔", "✔"]);
        assert_eq!(reads(Party::County, true), ["403", "403", "✔"]);
        assert_eq!(reads(Party::Committee, false), ["403"; 3]);
    }
}
