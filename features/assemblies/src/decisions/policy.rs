//! Who may do what with decisions, from the draft to the final result. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope, Tenant};

use super::types::Reviewer;

/// Who convenes: the committee, the group before there is one, or the neighborhood in their stead.
const CONVENERS: [Role; 3] = [Role::OwnersCommittee, Role::PreparatoryGroup, Role::Neighborhood];
/// Who may look into the work: never the company, which sees what the public sees.
const READERS: [Role; 8] = [
    Role::OwnersCommittee,
    Role::PreparatoryGroup,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Subdistrict,
    Role::CountyBureau,
    Role::CityBureau,
    Role::Observer,
];
/// Who goes from door to door, and types what came on paper.
const CANVASSERS: [Role; 4] =
    [Role::OwnersCommittee, Role::PreparatoryGroup, Role::Neighborhood, Role::GridWorker];
/// 监票: who may take the whole record along.
const OBSERVERS: [Role; 2] = [Role::Observer, Role::Subdistrict];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) || actor.is(Role::GridWorker) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_list(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, visible(actor) != Scope::Nothing, "assemblies.see")
}

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let reads = actor.is_one_of(&READERS) || actor.is(Role::GridWorker);
    Permit::when(actor.serves(place), reads, "assemblies.see")
}

/// 起草、送审、公告、延期、封票、计票、取消.
pub(crate) fn may_convene(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&CONVENERS), "assemblies.convene")
}

/// 选定表决前审议的规定: the county's regulator, for the county.
pub(crate) fn may_choose_reviews(actor: &Actor) -> Result<(Permit, Tenant), Denied> {
    let county = match actor.hat.scope {
        Scope::County(county) => Some(county),
        _ => None,
    };
    let may = county.is_some() && actor.is(Role::CountyBureau);
    let permit = Permit::when(true, may, "assemblies.choose_reviews")?;
    Ok((permit, county.unwrap_or(Tenant::from_number(0))))
}

/// 审议意见: each body its own; an exemption of the others' is the street's, and of the street's own the county's: nobody's silence
/// ends the owners' right.
pub(crate) fn may_review(
    actor: &Actor,
    place: &Place,
    body: Reviewer,
    exempts: bool,
) -> Result<Permit, Denied> {
    let whose = match body {
        Reviewer::Branch => Role::PartyBranch,
        Reviewer::Neighborhood => Role::Neighborhood,
        Reviewer::Legality => Role::Subdistrict,
    };
    let above = if body == Reviewer::Legality { Role::CountyBureau } else { Role::Subdistrict };
    let allowed = actor.is(if exempts { above } else { whose });
    Permit::when(actor.serves(place), allowed, "assemblies.review")
}

/// 送达、扫楼、纸质票录入.
pub(crate) fn may_canvass(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&CANVASSERS), "assemblies.canvass")
}

/// 看扫描件: it shows a choice. Before the count only those who typed the sheet, who know it anyway; then the observers, too.
pub(crate) fn may_read_scan(
    actor: &Actor,
    place: &Place,
    typed_it: bool,
    counted: bool,
) -> Result<Permit, Denied> {
    let typist = actor.is_one_of(&CANVASSERS) && (typed_it || counted);
    let observer = actor.is_one_of(&OBSERVERS) && counted;
    Permit::when(actor.serves(place), typist || observer, "assemblies.read_scan")
}

/// 看委托书等材料: the neighborhood, which has seen them; after the count whoever watches over the vote.
pub(crate) fn may_read_mandate(actor: &Actor, place: &Place, counted: bool) -> Result<Permit, Denied> {
    let allowed = actor.is(Role::Neighborhood) || (counted && actor.is_one_of(&OBSERVERS));
    Permit::when(actor.serves(place), allowed, "assemblies.read_mandate")
}

/// 打印表决凭证: whoever holds the letters could vote with them, so only the neighborhood prints.
pub(crate) fn may_print(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Neighborhood), "assemblies.print_letters")
}

/// 联署: whoever holds the key of a registered witness; the signature is what is checked.
pub(crate) fn may_cosign() -> Result<Permit, Denied> {
    Permit::when(true, true, "assemblies.cosign")
}

/// 答复异议: the street (指导规则 Art. 11: it settles what is disputed).
pub(crate) fn may_answer(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is(Role::Subdistrict), "assemblies.answer")
}

/// 下载全部票据, to recount.
pub(crate) fn may_observe(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&OBSERVERS), "assemblies.observe")
}

/// 账号绑定核查: who watches over the vote, and the neighborhood that hands out the letters; never who stands to win by it.
pub(crate) fn may_check_bindings(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    let checks = actor.is_one_of(&OBSERVERS) || actor.is(Role::Neighborhood);
    Permit::when(actor.serves(place), checks, "assemblies.check_bindings")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use testkit::{PLACE, actor, verdict};

    use super::*;

    #[test]
    fn matrix() {
        let hats = [
            ("committee", Role::OwnersCommittee, Scope::Community(9)),
            ("next committee", Role::OwnersCommittee, Scope::Community(8)),
            ("preparatory group", Role::PreparatoryGroup, Scope::Community(9)),
            ("party branch", Role::PartyBranch, Scope::Community(9)),
            ("grid worker", Role::GridWorker, Scope::Community(9)),
            ("neighborhood", Role::Neighborhood, Scope::Neighborhood(511)),
            ("subdistrict", Role::Subdistrict, Scope::Subdistrict(51)),
            ("next subdistrict", Role::Subdistrict, Scope::Subdistrict(52)),
            ("county bureau", Role::CountyBureau, Scope::County(Tenant::from_number(5))),
            ("city bureau", Role::CityBureau, Scope::City(1)),
            ("company", Role::Enterprise, Scope::Enterprise(70)),
            ("observer", Role::Observer, Scope::Community(9)),
        ];
        let heads = [
            "see", "convene", "branch", "village", "legal", "exempt", "ex.legal", "canvass", "print",
            "answer", "observe", "bindings",
        ];
        let mut table = format!("{:18}", "");
        for head in heads {
            write!(table, "{head:>9}").unwrap();
        }
        for (name, role, scope) in hats {
            let actor = actor(role, scope);
            let review = |body, exempts| may_review(&actor, &PLACE, body, exempts);
            let row = [
                may_see(&actor, &PLACE),
                may_convene(&actor, &PLACE),
                review(Reviewer::Branch, false),
                review(Reviewer::Neighborhood, false),
                review(Reviewer::Legality, false),
                review(Reviewer::Branch, true),
                review(Reviewer::Legality, true),
                may_canvass(&actor, &PLACE),
                may_print(&actor, &PLACE),
                may_answer(&actor, &PLACE),
                may_observe(&actor, &PLACE),
                may_check_bindings(&actor, &PLACE),
            ];
            write!(table, "\n{name:18}").unwrap();
            for it in row.map(verdict) {
                write!(table, "{it:>9}").unwrap();
            }
        }
        insta::assert_snapshot!(table, @r"
                                see  convene   branch  village    legal   exempt ex.legal  canvass    print   answer  observe bindings
        committee                 ✔        ✔      403      403      403      403      403        ✔      403      403      403      403
        next committee          404      404      404      404      404      404      404      404      404      404      404      404
        preparatory group         ✔        ✔      403      403      403      403      403        ✔      403      403      403      403
        party branch              ✔      403        ✔      403      403      403      403      403      403      403      403      403
        grid worker               ✔      403      403      403      403      403      403        ✔      403      403      403      403
        neighborhood              ✔        ✔      403        ✔      403      403      403        ✔        ✔      403      403        ✔
        subdistrict               ✔      403      403      403        ✔        ✔      403      403      403        ✔        ✔        ✔
        next subdistrict        404      404      404      404      404      404      404      404      404      404      404      404
        county bureau             ✔      403      403      403      403      403        ✔      403      403      403      403      403
        city bureau               ✔      403      403      403      403      403      403      403      403      403      403      403
        company                 403      403      403      403      403      403      403      403      403      403      403      403
        observer                  ✔      403      403      403      403      403      403      403      403      403        ✔        ✔
        ");
    }
}
