//! 补选 — seats that fell vacant go to whoever a later election of so few seats elected.

use ::store::{Recorded, Tx};
use app::Vault;
use jiff::civil::Date;
use kernel::{FieldError, Problem};

use super::{
    events::SeatFilled,
    policy,
    rules::{self, CommitteeRefusal},
    schedule::PACK,
    store,
    types::{Committee, CommitteeId, Filling, Joined, Kind, Member, Origin, Post},
};
use crate::{
    counting::{self, Elected},
    decisions::{self, DecisionId},
    vettings,
};

/// A final election of fewer seats than a committee has, and who of the elected does not sit yet.
#[derive(Debug)]
pub(crate) struct ByElection {
    pub(crate) decision: DecisionId,
    pub(crate) basis: String,
    pub(crate) on: Date,
    pub(crate) names: Vec<String>,
}

/// How many seats nobody sits on.
pub(crate) fn vacant(committee: &Committee) -> i64 {
    if committee.kind != Kind::Owners || committee.ended.is_some() {
        return 0;
    }
    (committee.seats - committee.sitting().count() as i64).max(0)
}

/// 委员不足半数: the committee is elected anew and not filled up (指导规则 Art. 46).
pub(crate) fn is_too_small(committee: &Committee) -> bool {
    (committee.sitting().count() as i64) * 2 < committee.seats
}

/// Who may take a seat after an election: those it elected, and of equal votes whoever the assembly settled on, as long as seats of
/// that election are left. Whoever took one and left has had it: another vote is needed.
fn waiting(committee: &Committee, election: DecisionId, elected: &Elected) -> Vec<String> {
    let had = |it: &&Member| it.joined.is_some_and(|it| it.election == i64::from(election));
    if elected.seats <= committee.members.iter().filter(had).count() {
        return vec![];
    }
    let names = elected.members.iter().chain(&elected.tied_for_seats);
    let known = |name: &&String| {
        let same = |it: &&Member| it.name == **name;
        committee.sitting().any(|it| same(&it)) || committee.members.iter().filter(had).any(|it| same(&it))
    };
    names.filter(|it| !known(it)).cloned().collect()
}

/// The by-elections since the committee was elected that somebody can still be registered from, the newest first.
pub(crate) fn of(tx: &mut Tx<'_>, committee: &Committee) -> Result<Vec<ByElection>, Problem> {
    let mut all = vec![];
    if vacant(committee) == 0 || is_too_small(committee) {
        return Ok(all);
    }
    let few = 1..=PACK.owners.least.saturating_sub(1);
    for it in decisions::store::of_community(tx, committee.place.community)? {
        let Some(elected) = counting::elected(tx, &it, few.clone())? else { continue };
        let names = waiting(committee, it.id, &elected);
        if committee.elected_on < elected.voted_from && !names.is_empty() {
            all.push(ByElection { decision: it.id, basis: elected.basis, on: elected.on, names });
        }
    }
    Ok(all)
}

/// 登记补选的委员.
pub(crate) fn fill(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Filling,
) -> Result<((), Recorded), Problem> {
    let committee = store::load(tx, vault, id)?;
    let permit = policy::may_keep(&tx.ctx.actor, &committee.place)?;
    rules::must_sit(&committee)?;
    if vacant(&committee) == 0 {
        return Err(CommitteeRefusal::NoVacancy.into());
    }
    if is_too_small(&committee) {
        return Err(CommitteeRefusal::TooSmall.into());
    }
    let elections = of(tx, &committee)?;
    let election = elections.into_iter().find(|it| it.decision.to_string() == form.election);
    let election = election.ok_or(Problem::NotFound)?;
    let wrong = |message: String| Err(Problem::Invalid(vec![FieldError::new("name", message)]));
    if !election.names.contains(&form.name) {
        return wrong(format!("{}没有在这次补选中当选，或已经登记", form.name));
    }
    if vettings::is_refused(tx, vault, committee.place.community, &form.name)? {
        return wrong(format!("{}的联审不通过，不能登记为委员，请核对补选结果", form.name));
    }
    let Some(origin) = Origin::ALL.iter().find(|it| it.1 == form.origin).map(|it| it.0) else {
        return wrong("请选择来源".to_owned());
    };
    let joined = Some(Joined { election: election.decision.into(), on: election.on });
    let (name, party) = (form.name.clone(), form.party == "yes");
    let mut members = committee.members.clone();
    members.push(Member { name, post: Post::Member, party, origin, left: None, joined });
    let committee = Committee { members, ..committee };
    store::save(tx, vault, &committee)?;
    let sitting = committee.sitting().count();
    Ok(((), tx.record(permit, &SeatFilled { committee: id, election: election.decision, sitting })?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Place;

    use super::*;

    fn committee(sitting: &[&str], seats: i64) -> Committee {
        let member = |name: &&str| Member {
            name: (*name).to_owned(),
            post: Post::Member,
            party: false,
            origin: Origin::Owner,
            left: None,
            joined: None,
        };
        Committee {
            id: 1.into(),
            place: Place::default(),
            n: 1,
            kind: Kind::Owners,
            elected_on: date(2024, 1, 1),
            term_ends_on: date(2028, 12, 31),
            common_income: false,
            members: sitting.iter().map(member).collect(),
            seats,
            ended: None,
            version: 1,
        }
    }

    #[test]
    fn those_elected_wait_until_the_seats_of_their_election_are_filled() {
        let names = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let elected = Elected {
            on: date(2024, 9, 1),
            voted_from: date(2024, 8, 1),
            basis: String::new(),
            seats: 2,
            members: names(&["甲"]),
            reserves: names(&["丁"]),
            tied_for_seats: names(&["乙", "丙"]),
            tied_for_reserve: vec![],
        };
        let after = |left: bool, all: &[&str]| {
            let mut it = committee(&["戊"], 5);
            for name in all {
                let gone = left.then(|| (date(2024, 10, 1), "辞职".to_owned()));
                let joined = Some(Joined { election: 7, on: date(2024, 9, 1) });
                it.members.push(Member { left: gone, joined, ..committee(&[name], 1).members.remove(0) });
            }
            waiting(&it, 7.into(), &elected)
        };
        assert_eq!(after(false, &[]), ["甲", "乙", "丙"]);
        assert_eq!(after(false, &["甲"]), ["乙", "丙"]);
        assert_eq!(after(true, &["甲"]), ["乙", "丙"], "a seat that was had is not had again");
        assert_eq!(after(true, &["甲", "丙"]), Vec::<String>::new());
        assert_eq!(waiting(&committee(&["甲"], 5), 7.into(), &elected), ["乙", "丙"], "who sits needs none");
    }

    #[test]
    fn a_seat_is_vacant_in_a_sitting_committee_of_owners_only() {
        assert_eq!(vacant(&committee(&["甲", "乙"], 5)), 3);
        assert_eq!(vacant(&committee(&["甲", "乙"], 2)), 0);
        assert!(is_too_small(&committee(&["甲", "乙"], 5)) && !is_too_small(&committee(&["甲", "乙"], 4)));
        let it = committee(&["甲"], 3);
        assert_eq!(vacant(&Committee { kind: Kind::Management, ..it.clone() }), 0);
        assert_eq!(vacant(&Committee { ended: Some((date(2024, 9, 1), "换届".into())), ..it }), 0);
    }
}
