//! Who may ask, and who may look. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

const ASKERS: [Role; 3] = [Role::CountyBureau, Role::Subdistrict, Role::Neighborhood];
const READERS: [Role; 7] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&READERS), "surveys.list")
}

/// 开展、结束、作废: an office the community lies with; never the company that is judged.
pub(crate) fn may_ask(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&ASKERS), "surveys.ask")
}

/// Who is offered the form at all.
pub(crate) fn asks(actor: &Actor) -> bool {
    actor.is_one_of(&ASKERS)
}

/// 评价: anybody of the household.
pub(crate) fn may_answer() -> Result<Permit, Denied> {
    Permit::when(true, true, "surveys.answer")
}

#[cfg(test)]
mod tests {
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn who_is_judged_does_not_ask() {
        let asks = |role, scope| verdict(may_ask(&actor(role, scope), &PLACE));
        assert_eq!(asks(Role::Neighborhood, Scope::Neighborhood(511)), "✔");
        assert_eq!(asks(Role::Subdistrict, Scope::Subdistrict(51)), "✔");
        assert_eq!(asks(Role::Neighborhood, Scope::Neighborhood(512)), "404");
        for (role, scope) in [
            (Role::Enterprise, Scope::Enterprise(70)),
            (Role::OwnersCommittee, Scope::Community(9)),
            (Role::PartyBranch, Scope::Community(9)),
            (Role::CityBureau, Scope::City(1)),
        ] {
            assert_eq!(asks(role, scope), "403", "{role:?}");
        }
    }
}
