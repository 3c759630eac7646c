//! Who may assess progress, and who reads it. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, Tenant};

use crate::openings::types::Owner;

/// 评估: an assessor the city called in (LA-028: 第三方).
pub(crate) fn may_assess(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), actor.is(Role::Assessor), "campaigns.assess_progress")
}

/// 回应: the county it is about.
pub(crate) fn may_answer(actor: &Actor, tenant: Tenant) -> Result<Permit, Denied> {
    Permit::when(
        actor.hat.scope == Scope::County(tenant),
        actor.is(Role::CountyBureau),
        "campaigns.answer_progress",
    )
}

/// 查看: the owner all, a county its own, an assessor what the panel wrote.
pub(crate) fn may_see(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    let inside = owner.is_at(actor) || matches!(actor.hat.scope, Scope::County(_));
    let reader = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau, Role::Assessor]);
    Permit::when(inside, reader, "campaigns.see_progress")
}
