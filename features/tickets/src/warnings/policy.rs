//! Who sees warnings, and who reacts. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

use crate::cases::types::Body;

const READERS: [Role; 5] =
    [Role::CityBureau, Role::CountyBureau, Role::Subdistrict, Role::Neighborhood, Role::GridWorker];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&READERS), "tickets.see_warnings")
}

/// 回应: the body it names; the county may answer in its stead, and the warning says who did.
pub(crate) fn may_react(actor: &Actor, place: &Place, reactor: Body) -> Result<Permit, Denied> {
    let own = Body::of(actor) == Some(reactor) && !actor.is(Role::GridWorker);
    let above = actor.is(Role::CountyBureau);
    Permit::when(actor.serves(place), own || above, "tickets.react_to_warning")
}

/// 预警: the clock.
pub(crate) fn may_raise(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Job), "tickets.raise_warning")
}

#[cfg(test)]
mod tests {
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn whoever_is_named_reacts_and_the_county_may() {
        let reacts = |role, scope| verdict(may_react(&actor(role, scope), &PLACE, Body::Neighborhood(511)));
        assert_eq!(reacts(Role::Neighborhood, Scope::Neighborhood(511)), "✔");
        assert_eq!(reacts(Role::CountyBureau, Scope::County(kernel::Tenant::from_number(5))), "✔");
        assert_eq!(reacts(Role::Subdistrict, Scope::Subdistrict(51)), "403");
        assert_eq!(reacts(Role::GridWorker, Scope::Neighborhood(511)), "403");
        assert_eq!(reacts(Role::Enterprise, Scope::Enterprise(70)), "403");
        assert_eq!(reacts(Role::Neighborhood, Scope::Neighborhood(512)), "404");
    }
}
