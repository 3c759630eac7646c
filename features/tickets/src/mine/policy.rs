//! Who has a list of their own. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role};

/// 我的诉求: an owner, of nobody's cases but those whose codes they hold.
pub(crate) fn may_keep(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Owner), "tickets.mine")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{actor, verdict};

    use super::*;

    #[test]
    fn owners_have_a_list_and_nobody_else() {
        let of = |role, scope| verdict(may_keep(&actor(role, scope)));
        assert_eq!(of(Role::Owner, Scope::Community(9)), "✔");
        assert_eq!(of(Role::Enterprise, Scope::Enterprise(70)), "403");
        assert_eq!(of(Role::Public, Scope::Nothing), "403");
    }
}
