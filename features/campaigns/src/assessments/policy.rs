//! Who may do what with sheets and rankings. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope, UserId};

/// A sheet is its assessor's own: nobody else opens it, so that nobody is swayed.
pub(crate) fn may_score(actor: &Actor, assessor: UserId) -> Result<Permit, Denied> {
    Permit::when(actor.user == assessor, actor.is(Role::Assessor), "campaigns.score")
}

pub(crate) fn may_see_own_sheets(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Assessor), "campaigns.see_sheets")
}

/// 分配, 排名 and 公示: the campaign's owner.
pub(crate) fn may_rank(actor: &Actor, city: i64) -> Result<Permit, Denied> {
    Permit::when(actor.hat.scope == Scope::City(city), actor.is(Role::CityBureau), "campaigns.rank")
}

pub(crate) fn may_publish(actor: &Actor, city: i64) -> Result<Permit, Denied> {
    Permit::when(actor.hat.scope == Scope::City(city), actor.is(Role::CityBureau), "campaigns.publish")
}
