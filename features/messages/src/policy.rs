//! Who may read what: a message is for the post it was told to, and for nobody else. Pure.

use kernel::{Actor, Denied, Permit};

use crate::types::Post;

/// 查收: whoever wears the hat it was told to.
pub(crate) fn may_read(actor: &Actor, post: &Post) -> Result<Permit, Denied> {
    Permit::when(Post::of(actor.user, &actor.hat) == *post, true, "messages.read")
}

/// 短信提醒、日历订阅: one's own, for people who work here.
pub(crate) fn may_subscribe(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.hat.role.is_staff(), "messages.subscribe")
}

#[cfg(test)]
mod tests {
    use kernel::{Role, Scope, Tenant, UserId};
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn a_message_is_read_under_the_very_hat_it_was_told_to() {
        let post = Post::new(Role::Neighborhood, Scope::Neighborhood(511));
        let reads = |role, scope| verdict(may_read(&actor(role, scope), &post));
        assert_eq!(reads(Role::Neighborhood, Scope::Neighborhood(511)), "✔");
        for (role, scope) in [
            (Role::Neighborhood, Scope::Neighborhood(512)),
            (Role::GridWorker, Scope::Neighborhood(511)),
            (Role::Subdistrict, Scope::Subdistrict(51)),
            (Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            (Role::Owner, Scope::Nothing),
            (Role::Public, Scope::Nothing),
        ] {
            assert_eq!(reads(role, scope), "404", "{role:?}");
        }
    }

    #[test]
    fn what_an_owner_is_told_is_theirs_alone() {
        let own = actor(Role::Owner, Scope::Nothing);
        assert_eq!(verdict(may_read(&own, &Post::person(Role::Owner, UserId::from(1)))), "✔");
        assert_eq!(verdict(may_read(&own, &Post::person(Role::Owner, UserId::from(2)))), "404");
        assert_eq!(verdict(may_subscribe(&own)), "403");
        let works = actor(Role::Enterprise, Scope::Enterprise(70));
        assert_eq!(verdict(may_subscribe(&works)), "✔");
    }
}
