//! Who may do what with applications. Pure, and the only place that says so.

use ::rules::Selects;
use kernel::{Actor, Denied, Permit, Place, Role, Scope};

const READERS: [Role; 7] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "campaigns.see_application")
}

/// 下载自荐表, with its contacts: whoever may read it.
pub(crate) fn may_take_annex(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "campaigns.take_annex")
}

/// 申报: whoever nominates itself, or the county's regulator for it.
pub(crate) fn may_apply(actor: &Actor, place: &Place, selects: Selects) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), may_begin(actor, selects), "campaigns.apply")
}

/// 选择小区, before one is chosen.
pub(crate) fn may_look(actor: &Actor, selects: Selects) -> Result<Permit, Denied> {
    Permit::when(true, may_begin(actor, selects), "campaigns.apply")
}

/// Whether this hat begins applications at all.
pub(crate) fn may_begin(actor: &Actor, selects: Selects) -> bool {
    actor.is(Role::CountyBureau) || nominates_itself(actor, selects)
}

/// 自愿申请: the enterprise that serves the community, a committee for itself, either for a person of theirs.
pub(crate) fn nominates_itself(actor: &Actor, selects: Selects) -> bool {
    match selects {
        Selects::Community | Selects::Enterprise | Selects::ServiceProject => actor.is(Role::Enterprise),
        Selects::Committee => actor.is(Role::OwnersCommittee),
        Selects::Person => actor.is_one_of(&[Role::Enterprise, Role::OwnersCommittee]),
    }
}

/// 填写和提交: whoever began it — the enterprise or committee its own nomination, the county its recommendation.
pub(crate) fn may_write(actor: &Actor, place: &Place, writer: Role) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(writer), "campaigns.write_application")
}

/// 街道审核.
pub(crate) fn may_review(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Subdistrict), "campaigns.review")
}

/// 县区审核、推荐.
pub(crate) fn may_accept(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::CountyBureau), "campaigns.accept")
}

pub(crate) fn may_recommend(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::CountyBureau), "campaigns.recommend")
}

/// 退回: whoever reviews it.
pub(crate) fn may_send_back(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(
        actor.serves(place),
        actor.is_one_of(&[Role::Subdistrict, Role::CountyBureau]),
        "campaigns.send_back",
    )
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
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("next county", Role::CountyBureau, Scope::County(Tenant::from_number(6))),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("sibling subdistrict", Role::Subdistrict, Scope::Subdistrict(52)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("enterprise serving it", Role::Enterprise, Scope::Enterprise(70)),
            ("another enterprise", Role::Enterprise, Scope::Enterprise(71)),
            ("owners' committee", Role::OwnersCommittee, Scope::Community(9)),
            ("assessor", Role::Assessor, Scope::City(1)),
            ("system administrator", Role::SystemAdministrator, Scope::City(1)),
        ];
        let mut table = format!("{:24}see apply review accept recommend back\n", "");
        for (name, role, scope) in hats {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            let mark = |it: Result<Permit, Denied>| match it {
                Ok(_) => "✔",
                Err(denied) if denied.why == kernel::Why::OutOfScope => "404",
                Err(_) => "403",
            };
            let apply = |actor: &Actor, place: &Place| may_apply(actor, place, Selects::Community);
            type Verb = fn(&Actor, &Place) -> Result<Permit, Denied>;
            let verbs: [Verb; 6] = [may_see, apply, may_review, may_accept, may_recommend, may_send_back];
            let row: Vec<_> = verbs.iter().map(|may| mark(may(&actor, &place))).collect();
            writeln!(
                table,
                "{name:24}{:4}{:6}{:7}{:7}{:10}{}",
                row[0], row[1], row[2], row[3], row[4], row[5]
            )
            .unwrap();
        }
        insta::assert_snapshot!(table, @r"
                                see apply review accept recommend back
        city bureau             ✔   403   403    403    403       403
        county bureau           ✔   ✔     403    ✔      ✔         ✔
        next county             404 404   404    404    404       404
        subdistrict             ✔   403   ✔      403    403       ✔
        sibling subdistrict     404 404   404    404    404       404
        neighborhood            ✔   403   403    403    403       403
        enterprise serving it   ✔   ✔     403    403    403       403
        another enterprise      404 404   404    404    404       404
        owners' committee       ✔   403   403    403    403       403
        assessor                403 403   403    403    403       403
        system administrator    403 403   403    403    403       403
        ");
    }

    #[test]
    fn who_nominates_itself_depends_on_what_is_selected() {
        let place =
            Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 70 };
        let applies = |role, scope, selects| {
            may_apply(&Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } }, &place, selects)
                .is_ok()
        };
        let all = [
            Selects::Community,
            Selects::Enterprise,
            Selects::ServiceProject,
            Selects::Committee,
            Selects::Person,
        ];
        let of = |role, scope| all.map(|it| applies(role, scope, it));
        assert_eq!(of(Role::Enterprise, Scope::Enterprise(70)), [true, true, true, false, true]);
        assert_eq!(of(Role::OwnersCommittee, Scope::Community(9)), [false, false, false, true, true]);
        assert_eq!(of(Role::OwnersCommittee, Scope::Community(8)), [false; 5]);
        assert_eq!(of(Role::CountyBureau, Scope::County(Tenant::from_number(5))), [true; 5]);
        assert_eq!(of(Role::CountyBureau, Scope::County(Tenant::from_number(6))), [false; 5]);
    }
}
