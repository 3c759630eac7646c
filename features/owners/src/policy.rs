//! Who may print, hand over and unbind. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, UserId};

/// 打印、送达、作废、解除: the neighborhood, which knows who lives there; a letter is a bearer's key.
pub(crate) fn may_keep(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Neighborhood), "owners.keep_letters")
}

/// 名单: the neighborhood's own desk.
pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Neighborhood), "owners.list_letters")
}

/// 绑定: whoever has the letter in hand.
pub(crate) fn may_bind() -> Result<Permit, Denied> {
    Permit::when(true, true, "owners.bind")
}

/// 我的家: one's own.
pub(crate) fn may_see_own(actor: &Actor, person: UserId) -> Result<Permit, Denied> {
    Permit::when(actor.user == person, actor.is(Role::Owner), "owners.see_homes")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn only_the_neighborhood_of_the_place_keeps_its_letters() {
        let keeps = |role, scope| verdict(may_keep(&actor(role, scope), &PLACE));
        assert_eq!(keeps(Role::Neighborhood, Scope::Neighborhood(511)), "✔");
        assert_eq!(keeps(Role::Neighborhood, Scope::Neighborhood(512)), "404");
        for (role, scope) in [
            (Role::CountyBureau, Scope::County(kernel::Tenant::from_number(5))),
            (Role::Subdistrict, Scope::Subdistrict(51)),
            (Role::OwnersCommittee, Scope::Community(9)),
            (Role::Enterprise, Scope::Enterprise(70)),
            (Role::Owner, Scope::Community(9)),
        ] {
            assert_eq!(keeps(role, scope), "403", "{role:?}");
        }
        assert_eq!(verdict(may_see_own(&actor(Role::Owner, Scope::Community(9)), UserId::from(1))), "✔");
        assert_eq!(verdict(may_see_own(&actor(Role::Owner, Scope::Community(9)), UserId::from(2))), "404");
    }
}
