//! Who may do what with communities. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

/// Who keeps the register of their part of the county.
const KEEPERS: [Role; 3] = [Role::CountyBureau, Role::Subdistrict, Role::Neighborhood];
/// Who may look at all: every office and body, within its scope.
const READERS: [Role; 9] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
    Role::GridWorker,
    Role::Observer,
];

/// The part of the register this hat sees.
pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "registry.see_community")
}

pub(crate) fn may_create(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&KEEPERS), "registry.create_community")
}

pub(crate) fn may_edit(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&KEEPERS), "registry.edit_community")
}

/// 划归另一个社区: the county bureau, by a document.
pub(crate) fn may_move(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::CountyBureau), "registry.move_community")
}

/// 随迁: the clock, for whoever asked for the move.
pub(crate) fn may_follow(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Job), "registry.follow")
}

/// 导入: the county bureau, whose sheets cover the whole county.
pub(crate) fn may_import(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::CountyBureau), "registry.import")
}

/// Whether the page offers to make a new one.
pub(crate) fn keeps(actor: &Actor) -> bool {
    actor.is_one_of(&KEEPERS)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::{Hat, Tenant, UserId};

    use super::*;

    /// The whole policy as one table: read the diff, not the code.
    #[test]
    fn matrix() {
        let place =
            Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 70 };
        let hats = [
            ("city bureau", Role::CityBureau, Scope::City(1)),
            ("city bureau, another city", Role::CityBureau, Scope::City(2)),
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("county bureau, next county", Role::CountyBureau, Scope::County(Tenant::from_number(6))),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("subdistrict, sibling", Role::Subdistrict, Scope::Subdistrict(52)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("party branch", Role::PartyBranch, Scope::Community(9)),
            ("enterprise serving it", Role::Enterprise, Scope::Enterprise(70)),
            ("another enterprise", Role::Enterprise, Scope::Enterprise(71)),
            ("owners' committee", Role::OwnersCommittee, Scope::Community(9)),
            ("owner", Role::Owner, Scope::Community(9)),
            ("assessor", Role::Assessor, Scope::City(1)),
            ("system administrator", Role::SystemAdministrator, Scope::City(1)),
            ("public", Role::Public, Scope::Nothing),
        ];
        let mut table = format!("{:28}see create edit import\n", "");
        for (name, role, scope) in hats {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            let mark = |it: Result<Permit, Denied>| match it {
                Ok(_) => "✔",
                Err(denied) if denied.why == kernel::Why::OutOfScope => "404",
                Err(_) => "403",
            };
            let row = [
                may_see(&actor, &place),
                may_create(&actor, &place),
                may_edit(&actor, &place),
                may_import(&actor),
            ]
            .map(mark);
            writeln!(table, "{name:28}{:4}{:7}{:5}{}", row[0], row[1], row[2], row[3]).unwrap();
        }
        insta::assert_snapshot!(table, @r"
                                    see create edit import
        city bureau                 ✔   403    403  403
        city bureau, another city   404 404    404  403
        county bureau               ✔   ✔      ✔    ✔
        county bureau, next county  404 404    404  ✔
        subdistrict                 ✔   ✔      ✔    403
        subdistrict, sibling        404 404    404  403
        neighborhood                ✔   ✔      ✔    403
        party branch                ✔   403    403  403
        enterprise serving it       ✔   403    403  403
        another enterprise          404 404    404  403
        owners' committee           ✔   403    403  403
        owner                       403 403    403  403
        assessor                    403 403    403  403
        system administrator        403 403    403  403
        public                      404 404    404  403
        ");
    }
}
