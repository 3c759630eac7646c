//! Who may do what with objections, choices and awards. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role, Scope};

/// 提出异议: anybody who can read the list.
pub(crate) fn may_object() -> Result<Permit, Denied> {
    Permit::when(true, true, "campaigns.object")
}

/// 答复异议、提名、确认、认定: the campaign's owner.
pub(crate) fn may_award(actor: &Actor, city: i64) -> Result<Permit, Denied> {
    Permit::when(actor.hat.scope == Scope::City(city), actor.is(Role::CityBureau), "campaigns.award")
}

/// 显示异议人的完整联系方式: the campaign's owner, who has to ask them.
pub(crate) fn may_reveal_objector(actor: &Actor, city: i64) -> Result<Permit, Denied> {
    let owner = actor.is(Role::CityBureau);
    Permit::when(actor.hat.scope == Scope::City(city), owner, "campaigns.reveal_objector")
}

#[cfg(test)]
mod tests {
    use kernel::{Hat, UserId, Why};

    use super::*;

    #[test]
    fn only_the_campaigns_owner_awards() {
        let may = |role, scope| {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            let reveal = may_reveal_objector(&actor, 1).map(|_| ()).map_err(|it| it.why);
            let award = may_award(&actor, 1).map(|_| ()).map_err(|it| it.why);
            assert_eq!(award, reveal, "who answers an objection may ask its author, and nobody else");
            award
        };
        assert_eq!(may(Role::CityBureau, Scope::City(1)), Ok(()));
        assert_eq!(may(Role::CityBureau, Scope::City(2)), Err(Why::OutOfScope));
        assert_eq!(may(Role::Assessor, Scope::City(1)), Err(Why::NotThisVerb));
        assert_eq!(
            may(Role::CountyBureau, Scope::County(kernel::Tenant::from_number(5))),
            Err(Why::OutOfScope)
        );
    }
}
