//! 我的表决 — voting from an owner's account, for the homes bound to it; and what observers are told of bindings that look
//! odd: the usual fraud is somebody else's phone on many owners' homes shortly before a vote.

use std::collections::{BTreeMap, BTreeSet};

use ::store::Tx;
use jiff::{Span, Timestamp, civil::Date};
use kernel::{Problem, UserId, beijing_date};
use owners::Bound;

use super::{
    policy,
    rules::{self, VotingRefusal},
    store,
};
use crate::{
    decisions::{self, Decision, DecisionId, Noticed, labels, policy as staff},
    rolls::{
        self,
        types::{Holder, Stage, Unit},
    },
};

/// Bindings so shortly before the freeze are told to the observers.
const SHORTLY_DAYS: i64 = 30;
/// So many homes of one community under one account are told, too.
const MANY: usize = 3;
/// And so many bound on one browser, whatever the accounts.
const MANY_ON_DEVICE: usize = 5;
/// More homes than the largest community has.
const MOST_HOMES: i64 = 60_000;

/// The unit of the frozen roll a bound home stands for.
pub(crate) fn unit_of(tx: &mut Tx<'_>, decision: &Decision, home: &Bound) -> Result<Unit, Problem> {
    let noticed = decision.stage.noticed().ok_or(VotingRefusal::NotNoticed)?;
    let frozen_on = frozen_on(tx, noticed)?;
    if frozen_on < beijing_date(home.bound_at) {
        return Err(VotingRefusal::BoundLate(home.unit.clone(), frozen_on).into());
    }
    let found = rolls::unit_of_door(tx, noticed.roll, &home.unit)?;
    // What the roll gives to the developer is the developer's to vote for, whoever may live there by now.
    let own = found.filter(|it| it.holder == Holder::Owner);
    own.ok_or_else(|| VotingRefusal::NotOnRoll(home.unit.clone()).into())
}

/// The units of the roll that stand under an account: those of its homes in this community that were bound in time. An account
/// votes for these and no others, so that a binding nobody ended is worth one home at most.
pub(crate) fn units_of_account(
    tx: &mut Tx<'_>,
    decision: &Decision,
    person: UserId,
) -> Result<BTreeSet<String>, Problem> {
    let mut units = BTreeSet::new();
    for home in owners::homes_of(tx, person)? {
        if home.community == decision.place.community {
            match unit_of(tx, decision, &home) {
                Ok(unit) => drop(units.insert(unit.unit)),
                Err(Problem::Refused { .. }) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(units)
}

fn frozen_on(tx: &mut Tx<'_>, noticed: &Noticed) -> Result<Date, Problem> {
    match rolls::load(tx, noticed.roll)?.stage {
        Stage::Frozen { on } => Ok(on),
        // A notice names a frozen roll, and a frozen one stays so.
        _ => Err(Problem::NotFound),
    }
}

/// A decision as the owner of some homes sees it; homes the roll gives to the same people are one.
#[derive(Debug)]
pub(crate) struct OwnVote {
    pub(crate) decision: DecisionId,
    pub(crate) title: String,
    /// The home that opens the ballot paper, and the doors it stands for.
    pub(crate) home: String,
    pub(crate) doors: Vec<String>,
    pub(crate) window: String,
    pub(crate) state: (&'static str, String),
    /// A ballot paper can be opened: to vote, or to see the receipt.
    pub(crate) opens: bool,
    pub(crate) is_running: bool,
    /// The people the roll names, as keys that say nothing; none when the home has no part in this vote.
    owners: Option<Vec<String>>,
    /// Each home with how it was voted on.
    each: Vec<(String, String)>,
}

/// The owner's homes in one community, with its votes.
#[derive(Debug)]
pub(crate) struct OwnHomes {
    pub(crate) community: String,
    pub(crate) doors: Vec<String>,
    pub(crate) votes: Vec<OwnVote>,
}

/// 我的表决: the homes of the account with what their communities' owners decide, the newest first.
pub(crate) fn mine(tx: &mut Tx<'_>) -> Result<Vec<OwnHomes>, Problem> {
    let _own = policy::may_see_own(&tx.ctx.actor)?;
    let mut held: BTreeMap<i64, Vec<Bound>> = BTreeMap::new();
    for home in owners::homes_of(tx, tx.ctx.actor.user)? {
        held.entry(home.community).or_default().push(home);
    }
    let mut homes = vec![];
    for (community, held) in held {
        let name = registry::communities::load(tx, community.into())?.name;
        let mut votes = vec![];
        for it in decisions::store::of_community(tx, community)? {
            votes.extend(own_votes(tx, &it, &held)?);
        }
        let doors = held.into_iter().map(|it| it.unit).collect();
        homes.push(OwnHomes { community: name, doors, votes });
    }
    Ok(homes)
}

/// The ballot papers of a decision these homes open: one for each set of people the roll names.
fn own_votes(tx: &mut Tx<'_>, it: &Decision, homes: &[Bound]) -> Result<Vec<OwnVote>, Problem> {
    let mut votes: Vec<OwnVote> = vec![];
    for home in homes {
        let Some(vote) = own_vote(tx, it, home)? else { continue };
        let same = votes.iter_mut().find(|known| known.owners.is_some() && known.owners == vote.owners);
        match same {
            Some(known) => {
                known.doors.extend(vote.doors.iter().cloned());
                known.each.extend(vote.each);
                if vote.state.0 == "open" {
                    known.state = vote.state;
                }
            }
            None => votes.push(vote),
        }
    }
    for vote in votes.iter_mut().filter(|it| it.state.0 != "open") {
        vote.state.1 = said_of_each(&vote.each);
    }
    Ok(votes)
}

/// How each home was voted on, in one sentence when it was alike.
fn said_of_each(each: &[(String, String)]) -> String {
    let mut said: Vec<(&str, Vec<&str>)> = vec![];
    for (door, state) in each {
        match said.iter_mut().find(|it| it.0 == state) {
            Some(it) => it.1.push(door),
            None => said.push((state, vec![door])),
        }
    }
    match said.as_slice() {
        [(state, _)] => (*state).to_owned(),
        many => many.iter().map(|it| format!("{}{}", it.1.join("、"), it.0)).collect::<Vec<_>>().join("；"),
    }
}

fn own_vote(tx: &mut Tx<'_>, it: &Decision, home: &Bound) -> Result<Option<OwnVote>, Problem> {
    let Some(noticed) = it.stage.noticed().copied() else { return Ok(None) };
    let now = tx.ctx.now;
    // A decision of one building concerns its owners and nobody else.
    if !it.terms.parts.is_empty() && rolls::unit_of_door(tx, noticed.roll, &home.unit)?.is_none() {
        return Ok(None);
    }
    let open = rules::must_be_open(it, now);
    let found = unit_of(tx, it, home);
    let voted = match &found {
        Ok(unit) => store::effective_of(tx, it.id, &unit.unit)?,
        Err(Problem::Refused { .. }) => None,
        Err(Problem::NotFound) => return Ok(None),
        Err(_) => return Err(found.err().unwrap_or(Problem::NotFound)),
    };
    let state = match (&found, &voted, &open) {
        (_, Some(voted), _) => {
            let by = if voted.proxy { "受托人已投" } else { "已投" };
            let (channel, on) = (labels::channel(voted.channel.code()), beijing_date(voted.at));
            ("done", format!("{by}（{channel}，{on}）"))
        }
        (Err(why), None, _) if now < noticed.closes_at => ("soon", why.to_string()),
        (_, None, Ok(_)) => ("open", "还没有投票".to_owned()),
        (_, None, Err(_)) => {
            let (colour, words) = labels::stage(it, now);
            (colour, words.to_owned())
        }
    };
    Ok(Some(OwnVote {
        each: vec![(home.unit.clone(), state.1.clone())],
        decision: it.id,
        title: it.title.clone(),
        home: home.home.to_string(),
        doors: vec![home.unit.clone()],
        window: format!(
            "{} 至 {}",
            kernel::beijing_minute(noticed.opens_at),
            labels::until(noticed.closes_at)
        ),
        state,
        opens: found.is_ok() && (open.is_ok() || voted.is_some()),
        is_running: open.is_ok(),
        owners: found.ok().map(|it| it.owners),
    }))
}

/// Votes an owner can still take part in, by the day they close: title and day.
pub(crate) fn open_to(tx: &mut Tx<'_>) -> Result<Vec<(String, Date)>, Problem> {
    let mut open: BTreeMap<DecisionId, (String, Date)> = BTreeMap::new();
    for home in mine(tx)? {
        for it in home.votes.into_iter().filter(|it| it.is_running && it.state.0 == "open" && it.opens) {
            let decision = decisions::store::load(tx, it.decision)?;
            let closes = decision.stage.noticed().map(|it| last_day(it.closes_at));
            open.extend(closes.map(|day| (it.decision, (it.title, day))));
        }
    }
    Ok(open.into_values().collect())
}

fn last_day(closes_at: Timestamp) -> Date {
    beijing_date(closes_at.saturating_sub(Span::new().seconds(1)).unwrap_or(closes_at))
}

/// A binding observers should ask the owner about, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Odd {
    pub(crate) unit: String,
    pub(crate) person: i64,
    pub(crate) bound_on: Date,
    pub(crate) why: Vec<String>,
}

/// Every binding that looks odd beside a roll frozen on this day; pure.
pub(crate) fn odd(homes: &[Bound], frozen_on: Date) -> Vec<Odd> {
    let mut held: BTreeMap<i64, usize> = BTreeMap::new();
    let mut on_device: BTreeMap<&str, usize> = BTreeMap::new();
    for it in homes {
        *held.entry(it.person.into()).or_default() += 1;
        if !it.device.is_empty() {
            *on_device.entry(&it.device).or_default() += 1;
        }
    }
    let from = frozen_on.saturating_sub(Span::new().days(SHORTLY_DAYS));
    let mut odd = vec![];
    for it in homes {
        let on = beijing_date(it.bound_at);
        let homes = held.get(&it.person.into()).copied().unwrap_or_default();
        let mut why = vec![];
        if frozen_on < on {
            why.push("名册冻结之后才绑定，不能用账号投这次票".to_owned());
        } else if from <= on {
            why.push(format!("名册冻结前{SHORTLY_DAYS}日内绑定"));
        }
        if MANY < homes {
            why.push(format!("同一账号绑定了{homes}套"));
        }
        let here = on_device.get(it.device.as_str()).copied().unwrap_or_default();
        if MANY_ON_DEVICE < here {
            why.push(format!("同一部手机或电脑上绑定了{here}套"));
        }
        if !why.is_empty() {
            odd.push(Odd { unit: it.unit.clone(), person: it.person.into(), bound_on: on, why });
        }
    }
    odd
}

#[derive(Debug)]
pub(crate) struct BindingsView {
    pub(crate) decision: Decision,
    pub(crate) frozen_on: Date,
    pub(crate) bound: usize,
    /// Unit, masked name, day, why, and whether the unit has voted online.
    pub(crate) odd: Vec<(String, String, Date, String, bool)>,
}

/// 账号绑定核查, for those who watch over the vote.
pub(crate) fn bindings(tx: &mut Tx<'_>, id: DecisionId) -> Result<BindingsView, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = staff::may_check_bindings(&tx.ctx.actor, &decision.place)?;
    let noticed = *decision.stage.noticed().ok_or(VotingRefusal::NotNoticed)?;
    let frozen_on = frozen_on(tx, &noticed)?;
    let homes = owners::homes_in(tx, decision.place.community, MOST_HOMES)?;
    let found = odd(&homes, frozen_on);
    let people: Vec<i64> = found.iter().map(|it| it.person).collect();
    let names = accounts::names(tx, &people)?;
    let mut lines = vec![];
    for it in found {
        let unit = rolls::unit_of_door(tx, noticed.roll, &it.unit)?;
        if unit.is_none() && !decision.terms.parts.is_empty() {
            continue;
        }
        let voted = match &unit {
            Some(unit) => store::effective_of(tx, id, &unit.unit)?,
            None => None,
        };
        let online = voted.is_some_and(|it| it.channel == super::types::Channel::Online);
        let name = names.get(&it.person).map(|it| identifiers::mask_name(it)).unwrap_or_default();
        lines.push((it.unit, name, it.bound_on, it.why.join("；"), online));
    }
    Ok(BindingsView { decision, frozen_on, bound: homes.len(), odd: lines })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn home(n: i64, person: i64, on: Date) -> Bound {
        Bound {
            home: n.into(),
            community: 9,
            unit: format!("1-{n}"),
            person: UserId::from(person),
            bound_at: calendar::start_of(on),
            device: String::new(),
        }
    }

    // The fraud this is for: staff bind forty owners' homes to their own phones before the roll is frozen.
    #[test]
    fn forty_homes_taken_over_are_all_told_and_honest_ones_are_not() {
        let frozen = date(2024, 8, 28);
        let honest = (1..=60).map(|n| home(n, 1_000 + n / 3, date(2024, 3, 1)));
        let captured = (101..=140).map(|n| {
            // Half of them quietly, months ahead, but many on one account; half in the last month, one by one.
            if n % 2 == 0 { home(n, 7, date(2024, 2, 1)) } else { home(n, 2_000 + n, date(2024, 8, 10)) }
        });
        let homes: Vec<Bound> = honest.chain(captured).collect();
        let told = odd(&homes, frozen);
        assert_eq!(told.len(), 40);
        assert!(told.iter().all(|it| 100 < it.unit[2..].parse::<i64>().unwrap()));
        assert_eq!(told[0].why, ["名册冻结前30日内绑定"]);
        assert_eq!(told[1].why, ["同一账号绑定了20套"]);
    }

    #[test]
    fn homes_that_were_voted_on_alike_are_told_together_and_others_by_name() {
        let each = |it: &[(&str, &str)]| it.iter().map(|it| (it.0.into(), it.1.into())).collect::<Vec<_>>();
        assert_eq!(said_of_each(&each(&[("1-1", "已投（网上）"), ("1-2", "已投（网上）")])), "已投（网上）");
        let mixed = each(&[("1-1", "已投（网上）"), ("1-2", "已投（网上）"), ("2-1", "已投（纸质）")]);
        assert_eq!(said_of_each(&mixed), "1-1、1-2已投（网上）；2-1已投（纸质）");
    }

    // Other people's homes bound quietly, each to an account of its own, all on the same phone.
    #[test]
    fn six_homes_bound_on_one_phone_are_told_and_five_are_not() {
        let on = |device: &str, from: i64, to: i64| -> Vec<Bound> {
            let homes = (from..=to).map(|n| home(n, n, date(2024, 2, 1)));
            homes.map(|it| Bound { device: device.to_owned(), ..it }).collect()
        };
        let told = |homes: &[Bound]| odd(homes, date(2024, 8, 28)).len();
        assert_eq!(told(&[on("a", 1, 5), on("b", 6, 10), on("", 11, 40)].concat()), 0);
        assert_eq!(told(&[on("a", 1, 6), on("b", 7, 10)].concat()), 6);
        let why = odd(&on("a", 1, 6), date(2024, 8, 28)).remove(0).why;
        assert_eq!(why, ["同一部手机或电脑上绑定了6套"]);
    }

    #[test]
    fn the_month_before_the_freeze_begins_thirty_days_earlier_and_ends_with_it() {
        let frozen = date(2024, 8, 28);
        let why = |on| odd(&[home(1, 1, on)], frozen).pop().map(|it| it.why.join("；"));
        assert_eq!(why(date(2024, 7, 28)), None);
        assert_eq!(why(date(2024, 7, 29)).as_deref(), Some("名册冻结前30日内绑定"));
        assert_eq!(why(date(2024, 8, 28)).as_deref(), Some("名册冻结前30日内绑定"));
        assert_eq!(why(date(2024, 8, 29)).as_deref(), Some("名册冻结之后才绑定，不能用账号投这次票"));
    }
}
