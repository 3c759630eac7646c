//! Who may do what with divisions. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

use super::types::Kind;

const READERS: [Role; 4] = [Role::CityBureau, Role::CountyBureau, Role::Subdistrict, Role::Neighborhood];

/// 区划 in the menu: the offices that keep it, and those it is about.
pub(crate) fn may_see_tree(actor: &Actor) -> Result<Permit, Denied> {
    let administers = actor.is(Role::SystemAdministrator);
    Permit::when(true, administers || actor.is_one_of(&READERS), "registry.see_divisions")
}

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let administers = actor.is(Role::SystemAdministrator);
    Permit::when(
        administers || actor.serves(place),
        administers || actor.is_one_of(&READERS),
        "registry.see_divisions",
    )
}

/// 登记和修改区划: the system administrator everywhere, a city's bureau below the city, a county's below the county.
pub(crate) fn may_shape(actor: &Actor, place: &Place, kind: Kind) -> Result<Permit, Denied> {
    let administers = actor.is(Role::SystemAdministrator);
    let bureau = match kind {
        Kind::City => false,
        Kind::County => actor.is(Role::CityBureau),
        Kind::Subdistrict | Kind::Neighborhood => actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]),
    };
    Permit::when(administers || actor.serves(place), administers || bureau, "registry.shape_divisions")
}

/// 导入区划: whoever may shape some of it; each row is asked for besides.
pub(crate) fn may_import(actor: &Actor) -> Result<Permit, Denied> {
    let offices = [Role::SystemAdministrator, Role::CityBureau, Role::CountyBureau];
    Permit::when(true, actor.is_one_of(&offices), "registry.import_divisions")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::{Scope, Tenant};
    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn matrix() {
        let hats = [
            ("system administrator", Role::SystemAdministrator, Scope::Nothing),
            ("security administrator", Role::SecurityAdministrator, Scope::Nothing),
            ("city bureau", Role::CityBureau, Scope::City(1)),
            ("city bureau, another city", Role::CityBureau, Scope::City(2)),
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("county bureau, next county", Role::CountyBureau, Scope::County(Tenant::from_number(6))),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("subdistrict, sibling", Role::Subdistrict, Scope::Subdistrict(52)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("enterprise", Role::Enterprise, Scope::Enterprise(70)),
            ("owner", Role::Owner, Scope::Community(9)),
            ("public", Role::Public, Scope::Nothing),
        ];
        let mut table = format!("{:28}tree see city county below import\n", "");
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let row = [
                verdict(may_see_tree(&actor)),
                verdict(may_see(&actor, &PLACE)),
                verdict(may_shape(&actor, &PLACE, Kind::City)),
                verdict(may_shape(&actor, &PLACE, Kind::County)),
                verdict(may_shape(&actor, &PLACE, Kind::Neighborhood)),
                verdict(may_import(&actor)),
            ];
            writeln!(table, "{name:28}{}", row.join(" ")).unwrap();
        }
        insta::assert_snapshot!(table, @r"
                                    tree see city county below import
        system administrator        ✔ ✔ ✔ ✔ ✔ ✔
        security administrator      403 404 404 404 404 403
        city bureau                 ✔ ✔ 403 ✔ ✔ ✔
        city bureau, another city   ✔ 404 404 404 404 ✔
        county bureau               ✔ ✔ 403 403 ✔ ✔
        county bureau, next county  ✔ 404 404 404 404 ✔
        subdistrict                 ✔ ✔ 403 403 403 403
        subdistrict, sibling        ✔ 404 404 404 404 403
        neighborhood                ✔ ✔ 403 403 403 403
        enterprise                  403 403 403 403 403 403
        owner                       403 403 403 403 403 403
        public                      403 404 404 404 404 403
        ");
    }
}
