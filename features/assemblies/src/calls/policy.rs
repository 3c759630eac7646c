//! Who calls for candidates, who puts oneself forward, who answers. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

const PREPARERS: [Role; 3] = [Role::Neighborhood, Role::PreparatoryGroup, Role::OwnersCommittee];

/// 发布征集、公告候选人: whoever prepares the election.
pub(crate) fn may_open(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&PREPARERS), "assemblies.call_for_candidates")
}

/// 列入联审: the neighborhood that leads it, and the group. A committee does not choose who may follow it.
pub(crate) fn may_answer(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let answer = [Role::Neighborhood, Role::PreparatoryGroup];
    Permit::when(actor.serves(place), actor.is_one_of(&answer), "assemblies.answer_offer")
}

/// 自荐: an owner of this community.
pub(crate) fn may_offer(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Owner), "assemblies.offer")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn owners_offer_themselves_and_a_committee_does_not_choose_who_follows_it() {
        let tell = |role, scope| {
            let actor = actor(role, scope);
            let all = [may_open(&actor, &PLACE), may_answer(&actor, &PLACE), may_offer(&actor, &PLACE)];
            all.map(verdict).join(" ")
        };
        assert_eq!(tell(Role::Neighborhood, Scope::Neighborhood(511)), "✔ ✔ 403");
        assert_eq!(tell(Role::PreparatoryGroup, Scope::Community(9)), "✔ ✔ 403");
        assert_eq!(tell(Role::OwnersCommittee, Scope::Community(9)), "✔ 403 403");
        assert_eq!(tell(Role::Owner, Scope::Community(9)), "403 403 ✔");
        assert_eq!(tell(Role::Owner, Scope::Community(8)), "404 404 404");
        assert_eq!(tell(Role::Subdistrict, Scope::Subdistrict(51)), "403 403 403");
    }
}
