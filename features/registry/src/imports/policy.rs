//! Who may import. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope};

use super::types::Import;

/// 导入: the county bureau, into its own county.
pub(crate) fn may_import(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::CountyBureau), "registry.import")
}

pub(crate) fn may_see(actor: &Actor, import: &Import) -> Result<Permit, Denied> {
    let here = actor.hat.scope == Scope::County(import.tenant());
    Permit::when(here, actor.is(Role::CountyBureau), "registry.import")
}
