//! Who asks owners what they voted. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

/// 监票人和街道: who may see every ballot after the count anyway.
pub(crate) fn may_ask(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let watches = actor.is_one_of(&[Role::Observer, Role::Subdistrict]);
    Permit::when(actor.serves(place), watches, "assemblies.spot_check")
}

#[cfg(test)]
mod tests {
    use kernel::Scope;
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn who_watches_asks_and_nobody_else() {
        let verdicts = [
            (Role::Observer, Scope::Community(9)),
            (Role::Subdistrict, Scope::Subdistrict(51)),
            (Role::Subdistrict, Scope::Subdistrict(52)),
            (Role::OwnersCommittee, Scope::Community(9)),
            (Role::Neighborhood, Scope::Neighborhood(511)),
            (Role::Enterprise, Scope::Enterprise(70)),
        ]
        .map(|(role, scope)| verdict(may_ask(&actor(role, scope), &PLACE)));
        assert_eq!(verdicts, ["✔", "✔", "404", "403", "403", "403"]);
    }
}
