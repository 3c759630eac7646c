//! Who may do what with a case. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

use super::types::{Body, Openness};

const READERS: [Role; 9] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::GridWorker,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
    Role::HotlineOperator,
];
/// Who sends cases to whom, and closes them.
const DISPATCHERS: [Role; 4] =
    [Role::CountyBureau, Role::Subdistrict, Role::Neighborhood, Role::HotlineOperator];
const SUPERVISORS: [Role; 3] = [Role::CityBureau, Role::CountyBureau, Role::Subdistrict];

/// The part of the world whose cases a hat lists; a department's is what it was given.
pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) || is_department(actor) { actor.hat.scope } else { Scope::Nothing }
}

fn is_department(actor: &Actor) -> bool {
    actor.is(Role::CoHandler) && matches!(actor.hat.scope, Scope::Department(_))
}

/// The list itself: whoever has a part of the world with cases in it.
pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, visible(actor) != Scope::Nothing, "tickets.see")
}

/// Whoever serves the place; and a department, of the cases it was given or asked for a part of.
pub(crate) fn may_see(actor: &Actor, place: &Place, involved: &[Body]) -> Result<Permit, Denied> {
    let own = is_department(actor) && Body::of(actor).is_some_and(|it| involved.contains(&it));
    Permit::when(actor.serves(place) || own, actor.is_one_of(&READERS) || own, "tickets.see")
}

/// 反映问题: anybody, without an account.
pub(crate) fn may_report() -> Result<Permit, Denied> {
    Permit::when(true, true, "tickets.report")
}

/// 代办: staff file for a resident, and the log says so.
pub(crate) fn may_file_for(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let desks = [
        Role::CountyBureau,
        Role::Subdistrict,
        Role::Neighborhood,
        Role::GridWorker,
        Role::HotlineOperator,
        Role::Enterprise,
        Role::PartyBranch,
        Role::OwnersCommittee,
    ];
    Permit::when(actor.serves(place), actor.is_one_of(&desks), "tickets.file_for")
}

/// 接入: another system, which has shown its key.
pub(crate) fn may_send_in() -> Result<Permit, Denied> {
    Permit::when(true, true, "tickets.send_in")
}

/// Who is offered the form for filing for somebody at all.
pub(crate) fn may_file_any(actor: &Actor) -> bool {
    let desk = Body::of(actor).is_some() && !is_department(actor);
    desk || actor.is(Role::HotlineOperator)
}

/// 把查询码交给群众: the offices and the branch. The company and the committee, whose work most cases are, would hold the code it is rated
/// by. An office that handles one itself rates it no more than they do: see [`may_rate`].
pub(crate) fn hands_code(actor: &Actor) -> bool {
    let offices = [
        Role::CountyBureau,
        Role::Subdistrict,
        Role::Neighborhood,
        Role::GridWorker,
        Role::HotlineOperator,
        Role::PartyBranch,
    ];
    actor.is_one_of(&offices)
}

/// The reporter, who has the code; whoever holds it is let in by it.
pub(crate) fn may_follow_up() -> Result<Permit, Denied> {
    Permit::when(true, true, "tickets.follow_up")
}

/// 评价: the reporter, signed in as an owner or not at all. Staff who hold a slip do not speak for whom they gave it to.
pub(crate) fn may_rate(actor: &Actor) -> bool {
    actor.is_one_of(&[Role::Public, Role::Owner])
}

/// 派单、不予受理、转专线、退单审核、并案: county, township, neighborhood, hotline.
pub(crate) fn may_dispatch(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&DISPATCHERS), "tickets.dispatch")
}

/// Who sends cases to whom at all.
pub(crate) fn sends_out(actor: &Actor) -> bool {
    actor.is_one_of(&DISPATCHERS)
}

/// Who supervises at all.
pub(crate) fn supervises(actor: &Actor) -> bool {
    actor.is_one_of(&SUPERVISORS)
}

/// Who is offered the verbs for many at once.
pub(crate) fn dispatches_any(actor: &Actor) -> bool {
    actor.is_one_of(&DISPATCHERS) || actor.is_one_of(&SUPERVISORS)
}

/// 接单、退单、延期、答复: the body that has it, or one that reported in to its whistle.
pub(crate) fn may_handle(actor: &Actor, place: &Place, handlers: &[Body]) -> Result<Permit, Denied> {
    let own = Body::of(actor).is_some_and(|it| handlers.contains(&it));
    Permit::when(actor.serves(place) || own, own, "tickets.handle")
}

/// 核查结案、回访、延期: whoever dispatches, and never for what they handle themselves, be it by having reported in.
pub(crate) fn may_oversee(actor: &Actor, place: &Place, handlers: &[Body]) -> Result<Permit, Denied> {
    let own = Body::of(actor).is_some_and(|it| handlers.contains(&it));
    Permit::when(actor.serves(place), actor.is_one_of(&DISPATCHERS) && !own, "tickets.oversee")
}

/// 督办.
pub(crate) fn may_supervise(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&SUPERVISORS), "tickets.supervise")
}

/// 吹哨: the first level's three to the neighborhood (SC-063), the neighborhood to the township (SC-064).
pub(crate) fn may_blow(actor: &Actor, place: &Place, level: i64) -> Result<Permit, Denied> {
    let blower = match level {
        2 => actor.is_one_of(&[Role::PartyBranch, Role::OwnersCommittee, Role::Enterprise]),
        3 => actor.is(Role::Neighborhood),
        4 => actor.is_one_of(&[Role::Subdistrict, Role::CountyBureau]),
        _ => false,
    };
    Permit::when(actor.serves(place), blower, "tickets.blow")
}

/// 报到: the body that was whistled.
pub(crate) fn may_report_in(actor: &Actor, place: &Place, responder: Body) -> Result<Permit, Denied> {
    let own = Body::of(actor) == Some(responder);
    Permit::when(actor.serves(place) || own, own, "tickets.report_in")
}

/// 评价报到: whoever could have blown that level.
pub(crate) fn may_rate_responder(actor: &Actor, place: &Place, level: i64) -> Result<Permit, Denied> {
    let below = may_blow(actor, place, level).is_ok();
    Permit::when(actor.serves(place), below, "tickets.rate_responder")
}

/// 看联系人: everybody who works on it, but of an anonymous report neither company nor committee.
pub(crate) fn may_see_contact(actor: &Actor, place: &Place, openness: Openness, involved: &[Body]) -> bool {
    let kept_from =
        openness == Openness::Anonymous && actor.is_one_of(&[Role::Enterprise, Role::OwnersCommittee]);
    may_see(actor, place, involved).is_ok() && !kept_from
}

/// 显示完整联系方式: a verb of its own, so that it is known who looked.
pub(crate) fn may_reveal_contact(
    actor: &Actor,
    place: &Place,
    openness: Openness,
    involved: &[Body],
) -> Result<Permit, Denied> {
    let may = may_see_contact(actor, place, openness, involved);
    let in_scope = actor.serves(place) || may_see(actor, place, involved).is_ok();
    Permit::when(in_scope, may, "tickets.reveal_contact")
}

/// 三率: whoever sees the cases sees how they are done.
pub(crate) fn may_see_rates(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&READERS), "tickets.see_rates")
}

/// 通报: the offices that answer for a whole area.
pub(crate) fn may_publish_rates(actor: &Actor) -> Result<Permit, Denied> {
    let offices = [Role::CityBureau, Role::CountyBureau, Role::Subdistrict];
    Permit::when(true, actor.is_one_of(&offices), "tickets.publish_rates")
}

/// The clock acts for nobody.
pub(crate) fn may_wake(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is(Role::Job), "tickets.wake")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use kernel::{Hat, Tenant, UserId, Why};

    use super::*;

    /// The whole policy as one table: read the diff, not the code.
    #[test]
    fn matrix() {
        let place =
            Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 70 };
        let county = |n| Scope::County(Tenant::from_number(n));
        let hats = [
            ("city bureau", Role::CityBureau, Scope::City(1)),
            ("county bureau", Role::CountyBureau, county(5)),
            ("next county", Role::CountyBureau, county(6)),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("next neighborhood", Role::Neighborhood, Scope::Neighborhood(512)),
            ("party branch", Role::PartyBranch, Scope::Community(9)),
            ("committee", Role::OwnersCommittee, Scope::Community(9)),
            ("company", Role::Enterprise, Scope::Enterprise(70)),
            ("another company", Role::Enterprise, Scope::Enterprise(71)),
            ("department asked", Role::CoHandler, Scope::Department(7)),
            ("another department", Role::CoHandler, Scope::Department(8)),
            ("owner", Role::Owner, Scope::Community(9)),
            ("assessor", Role::Assessor, Scope::City(1)),
            ("administrator", Role::SystemAdministrator, Scope::City(1)),
        ];
        let mut table =
            format!("{:20}see dispatch handle close supervise blow2 blow3 blow4 in contact\n", "");
        for (name, role, scope) in hats {
            let actor = Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } };
            let mark = |it: Result<Permit, Denied>| match it {
                Ok(_) => "✔",
                Err(denied) if denied.why == Why::OutOfScope => "404",
                Err(_) => "403",
            };
            let row = [
                mark(may_see(&actor, &place, &[Body::Department(7)])),
                mark(may_dispatch(&actor, &place)),
                mark(may_handle(&actor, &place, &[Body::Enterprise(70)])),
                mark(may_oversee(&actor, &place, &[Body::Enterprise(70)])),
                mark(may_supervise(&actor, &place)),
                mark(may_blow(&actor, &place, 2)),
                mark(may_blow(&actor, &place, 3)),
                mark(may_blow(&actor, &place, 4)),
                mark(may_report_in(&actor, &place, Body::Neighborhood(511))),
                if may_see_contact(&actor, &place, Openness::Anonymous, &[Body::Department(7)]) {
                    "✔"
                } else {
                    "·"
                },
            ];
            writeln!(
                table,
                "{name:20}{:4}{:9}{:7}{:6}{:10}{:6}{:6}{:6}{:4}{}",
                row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9]
            )
            .unwrap();
        }
        insta::assert_snapshot!(table, @r"
                            see dispatch handle close supervise blow2 blow3 blow4 in contact
        city bureau         ✔   403      403    403   ✔         403   403   403   403 ✔
        county bureau       ✔   ✔        403    ✔     ✔         403   403   ✔     403 ✔
        next county         404 404      404    404   404       404   404   404   404 ·
        subdistrict         ✔   ✔        403    ✔     ✔         403   403   ✔     403 ✔
        neighborhood        ✔   ✔        403    ✔     403       403   ✔     403   ✔   ✔
        next neighborhood   404 404      404    404   404       404   404   404   404 ·
        party branch        ✔   403      403    403   403       ✔     403   403   403 ✔
        committee           ✔   403      403    403   403       ✔     403   403   403 ·
        company             ✔   403      ✔      403   403       ✔     403   403   403 ·
        another company     404 404      404    404   404       404   404   404   404 ·
        department asked    ✔   404      404    404   404       404   404   404   404 ✔
        another department  404 404      404    404   404       404   404   404   404 ·
        owner               403 403      403    403   403       403   403   403   403 ·
        assessor            403 403      403    403   403       403   403   403   403 ·
        administrator       403 403      403    403   403       403   403   403   403 ·
        ");
    }
}
