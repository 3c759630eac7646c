//! Who keeps the systems that send cases in. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role};

/// 登记、停用接入系统: the system administrator.
pub(crate) fn may_keep(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::SystemAdministrator), "tickets.keep_systems")
}
