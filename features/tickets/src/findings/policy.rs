//! Who says that a case is so, and who counts. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

/// 查实: the street that looked into it, and the county's bureau.
pub(crate) fn may_confirm(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let offices = [Role::CountyBureau, Role::Subdistrict];
    Permit::when(actor.serves(place), actor.is_one_of(&offices), "tickets.confirm_finding")
}

/// 汇总投诉: the county's bureau, for its county.
pub(crate) fn may_count(actor: &Actor) -> Result<Permit, Denied> {
    let county = matches!(actor.hat.scope, Scope::County(_));
    Permit::when(true, county && actor.is(Role::CountyBureau), "tickets.count_complaints")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::Tenant;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn matrix() {
        let hats = [
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("county bureau, next county", Role::CountyBureau, Scope::County(Tenant::from_number(6))),
            ("city bureau", Role::CityBureau, Scope::City(1)),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("subdistrict, sibling", Role::Subdistrict, Scope::Subdistrict(52)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("enterprise", Role::Enterprise, Scope::Enterprise(70)),
            ("public", Role::Public, Scope::Nothing),
        ];
        let mut table = format!("{:28}confirm count\n", "");
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let row = [verdict(may_confirm(&actor, &PLACE)), verdict(may_count(&actor))];
            writeln!(table, "{name:28}{}", row.join(" ")).unwrap();
        }
        insta::assert_snapshot!(table, @"
                                    confirm count
        county bureau               ✔ ✔
        county bureau, next county  404 ✔
        city bureau                 403 403
        subdistrict                 ✔ 403
        subdistrict, sibling        404 403
        neighborhood                403 403
        enterprise                  403 403
        public                      404 403
        ");
    }
}
