//! Who lists the addresses the house answers at. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role};

use super::types::Callback;

const OFFICES: [Role; 2] = [Role::SystemAdministrator, Role::SecurityAdministrator];

pub(crate) fn may_see(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&OFFICES), "tickets.see_callbacks")
}

/// 登记回送地址: the system administrator.
pub(crate) fn may_propose(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::SystemAdministrator), "tickets.propose_callback")
}

/// 核准回送地址: the security administrator, never whoever proposed it.
pub(crate) fn may_list(actor: &Actor, it: &Callback) -> Result<Permit, Denied> {
    let another = i64::from(actor.user) != it.proposed_by;
    Permit::when(true, actor.is(Role::SecurityAdministrator) && another, "tickets.list_callback")
}

/// 停用: either of the two at once.
pub(crate) fn may_end(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&OFFICES), "tickets.end_callback")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::Scope;
    use testkit::{actor, verdict};

    use super::*;
    use crate::callbacks::types::Stage;

    #[test]
    fn matrix() {
        let own = actor(Role::SecurityAdministrator, Scope::Nothing);
        let callback = |proposed_by| Callback {
            id: 1.into(),
            system: 1.into(),
            url: String::new(),
            is_inside: false,
            stage: Stage::Proposed,
            proposed_by,
            proposed_at: jiff::Timestamp::UNIX_EPOCH,
            listed: None,
            version: 1,
        };
        let mut table = String::new();
        for role in Role::ALL {
            let actor = actor(role, Scope::City(1));
            let row = [
                verdict(may_see(&actor)),
                verdict(may_propose(&actor)),
                verdict(may_list(&actor, &callback(-1))),
                verdict(may_list(&actor, &callback(i64::from(own.user)))),
                verdict(may_end(&actor)),
            ];
            if row.contains(&"✔") {
                writeln!(table, "{:24}{}", role.code(), row.join(" ")).unwrap();
            }
        }
        insta::assert_snapshot!(table, @r"
        system_administrator    ✔ ✔ 403 403 ✔
        security_administrator  ✔ 403 ✔ 403 ✔
        ");
    }
}
