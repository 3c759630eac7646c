//! Who may do what with accounts. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, UserId};

/// 新建账号: the system administrator, who grants nothing.
pub(crate) fn may_create_user(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::SystemAdministrator), "accounts.create_user")
}

/// 停用账号: the system administrator.
pub(crate) fn may_disable(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::SystemAdministrator), "accounts.disable")
}

/// 授予和收回职务: the security administrator, who makes no accounts; never for themselves.
pub(crate) fn may_grant(actor: &Actor, person: UserId) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::SecurityAdministrator) && actor.user != person, "accounts.grant")
}

/// Nobody grants to themselves: said in words before the verb is refused.
pub(crate) fn grants_to_oneself(actor: &Actor, person: UserId) -> bool {
    actor.user == person && actor.is(Role::SecurityAdministrator)
}

/// 看账号: the three administrators.
pub(crate) fn visible(actor: &Actor) -> Option<()> {
    actor.hat.role.is_administrator().then_some(())
}

pub(crate) fn may_see(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, visible(actor).is_some(), "accounts.see")
}

/// 查审计日志: the audit administrator, who can do nothing else.
pub(crate) fn may_audit(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::AuditAdministrator), "accounts.audit")
}

/// Signing in, changing hats, signing out, ending one's own sessions: everybody for themselves.
pub(crate) fn may_for_oneself(actor: &Actor, person: UserId, name: &'static str) -> Result<Permit, Denied> {
    Permit::when(actor.user == person, i64::from(person) != 0, name)
}

/// Whoever holds a one-time code has been let in by the person who gave it.
pub(crate) fn may_use_code(name: &'static str) -> Result<Permit, Denied> {
    Permit::when(true, true, name)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::{Hat, Scope};

    use super::*;

    /// The whole policy as one table: read the diff, not the code.
    #[test]
    fn matrix() {
        let mut table = String::new();
        for role in Role::ALL {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope: Scope::City(1) } };
            let mark = |it: Result<Permit, Denied>| if it.is_ok() { "✔" } else { "·" };
            let row = [
                mark(may_see(&actor)),
                mark(may_create_user(&actor)),
                mark(may_disable(&actor)),
                mark(may_grant(&actor, UserId::from(2))),
                mark(may_grant(&actor, UserId::from(1))),
                mark(may_audit(&actor)),
            ];
            if row.contains(&"✔") {
                writeln!(table, "{:24} {}", role.code(), row.join(" ")).unwrap();
            }
        }
        insta::assert_snapshot!(table, @r"
        system_administrator     ✔ ✔ ✔ · · ·
        security_administrator   ✔ · · ✔ · ·
        audit_administrator      ✔ · · · · ✔
        ");
    }
}
