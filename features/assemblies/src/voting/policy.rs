//! Who may cast. Pure; what staff may do stands in the policy of decisions.

use kernel::{Actor, Denied, Permit, Role, UserId};

/// 投票: whoever holds the letter's code; the code is what is checked.
pub(crate) fn may_vote() -> Result<Permit, Denied> {
    Permit::when(true, true, "assemblies.vote")
}

/// 投票 from one's own account: for a home that is bound to it.
pub(crate) fn may_vote_for(actor: &Actor, person: UserId) -> Result<Permit, Denied> {
    Permit::when(actor.user == person, actor.is(Role::Owner), "assemblies.vote")
}

/// 我的表决: an owner's own.
pub(crate) fn may_see_own(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Owner), "assemblies.see_own_votes")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn a_home_votes_through_its_own_account_and_no_other() {
        let own = actor(Role::Owner, Scope::Community(9));
        assert_eq!(verdict(may_vote_for(&own, UserId::from(1))), "✔");
        assert_eq!(verdict(may_vote_for(&own, UserId::from(2))), "404");
        assert_eq!(verdict(may_see_own(&own)), "✔");
        // The same person under another hat votes for nobody.
        for (role, scope) in [
            (Role::OwnersCommittee, Scope::Community(9)),
            (Role::Neighborhood, Scope::Neighborhood(511)),
            (Role::Enterprise, Scope::Enterprise(70)),
            (Role::Public, Scope::Nothing),
        ] {
            assert_eq!(verdict(may_vote_for(&actor(role, scope), UserId::from(1))), "403", "{role:?}");
            assert_eq!(verdict(may_see_own(&actor(role, scope))), "403", "{role:?}");
        }
    }
}
