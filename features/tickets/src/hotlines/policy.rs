//! Who brings a hotline's sheet in. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

const DESKS: [Role; 2] = [Role::HotlineOperator, Role::CountyBureau];

/// 导入热线来件: the hotline's own desk, and the county's bureau.
pub(crate) fn may_import(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&DESKS), "tickets.import_cases")
}

/// Each row lies where the desk works.
pub(crate) fn may_import_here(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&DESKS), "tickets.import_cases")
}

#[cfg(test)]
mod tests {
    use kernel::{Scope, Tenant};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn the_hotline_and_the_county_import_where_they_work() {
        let county = |n| Scope::County(Tenant::from_number(n));
        let of = |role, scope| {
            let actor = actor(role, scope);
            (verdict(may_import(&actor)), verdict(may_import_here(&actor, &PLACE)))
        };
        assert_eq!(of(Role::HotlineOperator, Scope::City(1)), ("✔", "✔"));
        assert_eq!(of(Role::HotlineOperator, Scope::City(2)), ("✔", "404"));
        assert_eq!(of(Role::CountyBureau, county(5)), ("✔", "✔"));
        assert_eq!(of(Role::CountyBureau, county(6)), ("✔", "404"));
        assert_eq!(of(Role::Subdistrict, Scope::Subdistrict(51)), ("403", "403"));
        assert_eq!(of(Role::Enterprise, Scope::Enterprise(70)), ("403", "403"));
    }
}
