//! Who asks for a part, and who says it is done. Pure.

use kernel::{Actor, Denied, Permit, Place, Role};

use crate::cases::types::Body;

/// 请协办、撤销: whoever coordinates — the street above all (街道统一协调、部门联动), the county, the neighborhood.
pub(crate) fn may_ask(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let asks = [Role::Subdistrict, Role::CountyBureau, Role::Neighborhood];
    Permit::when(actor.serves(place), actor.is_one_of(&asks), "tickets.ask_joint")
}

/// 反馈: the unit itself; for a department without a desk here, whoever coordinates.
pub(crate) fn may_report(actor: &Actor, place: &Place, body: Option<Body>) -> Result<Permit, Denied> {
    match body {
        Some(body) => {
            let own = Body::of(actor) == Some(body);
            Permit::when(actor.serves(place) || own, own, "tickets.report_joint")
        }
        None => may_ask(actor, place),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Scope, Tenant};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn those_who_coordinate_ask_and_the_unit_itself_reports() {
        let hats = [
            (Role::Subdistrict, Scope::Subdistrict(51), "✔ 403 ✔"),
            (Role::Subdistrict, Scope::Subdistrict(52), "404 404 404"),
            (Role::CountyBureau, Scope::County(Tenant::from_number(5)), "✔ 403 ✔"),
            (Role::Neighborhood, Scope::Neighborhood(511), "✔ 403 ✔"),
            (Role::Enterprise, Scope::Enterprise(70), "403 ✔ 403"),
            (Role::OwnersCommittee, Scope::Community(9), "403 403 403"),
        ];
        for (role, scope, told) in hats {
            let actor = actor(role, scope);
            let all = [
                may_ask(&actor, &PLACE),
                may_report(&actor, &PLACE, Some(Body::Enterprise(70))),
                may_report(&actor, &PLACE, None),
            ];
            assert_eq!(all.map(verdict).join(" "), told, "{role:?}");
        }
    }
}
