//! Who does what to many at once: whoever may do it to each. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place};

use super::types::Verb;
use crate::cases::policy;

pub(crate) fn may(actor: &Actor, place: &Place, verb: Verb) -> Result<Permit, Denied> {
    match verb {
        Verb::Dispatch => policy::may_dispatch(actor, place),
        Verb::Supervise => policy::may_supervise(actor, place),
    }
}

/// The batch as a whole: what each case allows was asked for each.
pub(crate) fn may_batch(actor: &Actor) -> Result<Permit, Denied> {
    let works = actor.hat.role.is_staff() && !actor.hat.role.is_administrator();
    Permit::when(true, works, "tickets.batch")
}

#[cfg(test)]
mod tests {
    use kernel::{Role, Scope};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn many_are_allowed_to_whoever_is_allowed_one() {
        let both = |role, scope| {
            let actor = actor(role, scope);
            [Verb::Dispatch, Verb::Supervise].map(|it| verdict(may(&actor, &PLACE, it)))
        };
        assert_eq!(both(Role::Subdistrict, Scope::Subdistrict(51)), ["✔", "✔"]);
        assert_eq!(both(Role::Neighborhood, Scope::Neighborhood(511)), ["✔", "403"]);
        assert_eq!(both(Role::Enterprise, Scope::Enterprise(70)), ["403", "403"]);
        assert_eq!(both(Role::Subdistrict, Scope::Subdistrict(52)), ["404", "404"]);
        assert_eq!(verdict(may_batch(&actor(Role::Owner, Scope::Nothing))), "403");
        assert_eq!(verdict(may_batch(&actor(Role::SecurityAdministrator, Scope::Nothing))), "403");
    }
}
