//! Who may do what with objections, choices and awards. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit};

use crate::openings::types::Owner;

/// 提出异议: anybody who can read the list.
pub(crate) fn may_object() -> Result<Permit, Denied> {
    Permit::when(true, true, "campaigns.object")
}

/// 答复异议、提名、确认、认定: the campaign's owner.
pub(crate) fn may_award(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.award")
}

/// 显示异议人的完整联系方式: the campaign's owner, who has to ask them.
pub(crate) fn may_reveal_objector(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.reveal_objector")
}

#[cfg(test)]
mod tests {
    use kernel::{Hat, Role, Scope, UserId, Why};

    use super::*;

    const CITY: Owner = Owner { city: 1, county: None };

    #[test]
    fn only_the_campaigns_owner_awards() {
        let may = |role, scope| {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            let reveal = may_reveal_objector(&actor, CITY).map(|_| ()).map_err(|it| it.why);
            let award = may_award(&actor, CITY).map(|_| ()).map_err(|it| it.why);
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
