//! Which ballot of a unit counts: whose hand, which channel, in what order they came. Pure.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    rules::VotingRefusal,
    types::{Channel, Effective, KeptBallot},
};
use crate::decisions::{Precedence, Terms};

/// What a ballot is besides its choices: how it came, when, whose hand it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arrival {
    pub(crate) channel: Channel,
    pub(crate) at: Timestamp,
    /// A proxy's, and so less than the owner's own.
    pub(crate) proxy: bool,
}

/// What came for a unit so far: the ballot that counts, and whose hands have voted on which channels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) counts: Option<Effective>,
    seen: Vec<(Channel, bool)>,
}

impl Standing {
    /// Told over from every ballot of one unit in the order of the log; void ones are passed over.
    pub(crate) fn of(terms: &Terms, ballots: &[KeptBallot]) -> Self {
        let mut standing = Self::default();
        for it in ballots.iter().filter(|it| !it.void) {
            standing.take(terms, it);
        }
        standing
    }

    fn take(&mut self, terms: &Terms, it: &KeptBallot) {
        let (channel, at, proxy) = (it.channel, it.at, it.proxy);
        if replaces(terms, self, Arrival { channel, at, proxy }) == Ok(true) {
            let (unit, ballot, account) = (it.unit.clone(), it.n, it.account);
            self.counts = Some(Effective { unit, ballot, channel, at, proxy, account });
        }
        self.seen.push((channel, proxy));
    }
}

/// Whether a ballot takes the place of the one that counts so far; or why it is not even taken. The owner's own goes before a
/// proxy's, whichever came first and by whatever channel (trust: 委托). Without 改投 a hand votes once on a channel, whatever came
/// on the other in between.
pub(crate) fn replaces(
    terms: &Terms,
    standing: &Standing,
    Arrival { channel, at, proxy }: Arrival,
) -> Result<bool, VotingRefusal> {
    let Some(before) = &standing.counts else { return Ok(true) };
    match (before.proxy, proxy, channel) {
        (true, false, _) => return Ok(true),
        (false, true, Channel::Online) => return Err(VotingRefusal::OwnVote),
        // A sheet of paper is kept in the log and not counted.
        (false, true, Channel::Paper) => return Ok(false),
        _ => {}
    }
    if (before.channel, channel, terms.precedence) == (Channel::Paper, Channel::Online, Precedence::Paper) {
        return Err(VotingRefusal::OnPaper);
    }
    if !terms.revote && standing.seen.contains(&(channel, proxy)) {
        return Err(VotingRefusal::Voted);
    }
    if before.channel == channel {
        // Online the log's own order is the order of voting; a sheet's is when it was received.
        return Ok(channel == Channel::Online || before.at <= at);
    }
    Ok(match terms.precedence {
        Precedence::Paper => channel == Channel::Paper,
        // Paper is kept in the log and never counted.
        Precedence::Online => channel == Channel::Online,
        Precedence::Latest => before.at <= at,
    })
}

/// Whether a ballot from this account is taken online: one co-owner's account does not silently take another's place (trust: 共有人), and
/// no code takes that of an account.
pub(crate) fn taken(
    terms: &Terms,
    standing: &Standing,
    arrival: Arrival,
    account: i64,
) -> Result<bool, VotingRefusal> {
    let own = standing.counts.as_ref().filter(|it| !it.proxy && it.account != 0 && !arrival.proxy);
    match own {
        // A letter's code is whoever's hand it is in, and others have printed it.
        Some(_) if account == 0 => return Err(VotingRefusal::AccountVoted),
        Some(it) if it.account != account => return Err(VotingRefusal::CoOwnerVoted),
        _ => {}
    }
    replaces(terms, standing, arrival)
}

/// What the owners of a unit are told when a ballot came that may not be theirs.
pub(crate) fn told(before: Option<&Effective>, proxy: bool, account: i64) -> Option<&'static str> {
    match before {
        _ if proxy => Some("受托人代您投了票。您本人仍可以投，以本人的为准"),
        Some(it) if it.proxy => Some("您本人已经投票，受托人代投的那一张不再计入"),
        Some(it) if it.account != account => {
            Some("您的房屋又投了一次票，以后一次为准；不是您投的请马上联系街道")
        }
        _ => None,
    }
}

/// The one ballot of each unit that counts, told over again from every ballot in the order of the log; void ones are
/// passed over.
pub(crate) fn effective(terms: &Terms, ballots: &[KeptBallot]) -> BTreeMap<String, Effective> {
    let mut units: BTreeMap<String, Standing> = BTreeMap::new();
    for it in ballots.iter().filter(|it| !it.void) {
        units.entry(it.unit.clone()).or_default().take(terms, it);
    }
    units.into_iter().filter_map(|(unit, it)| Some((unit, it.counts?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HeadRule;

    fn terms(precedence: Precedence, revote: bool) -> Terms {
        Terms {
            head_rule: HeadRule::DistinctOwner,
            revote,
            precedence,
            invalid_takes_part: true,
            silent_clause: None,
            result_days: 7,
            review_pack: String::new(),
            parts: vec![],
            proxy_cap: 1,
            scans: false,
        }
    }

    /// The number of the ballot that counts after these arrivals: channel, moment, whether a proxy's.
    fn counted(terms: &Terms, arrivals: &[(Channel, i64, bool)]) -> Option<usize> {
        let mut standing = Standing::default();
        for (n, (channel, at, proxy)) in arrivals.iter().copied().enumerate() {
            let at = Timestamp::from_second(at).unwrap();
            // What is refused is not kept.
            if replaces(terms, &standing, Arrival { channel, at, proxy }).is_ok() {
                let (sealed, void, account) = (String::new(), false, 0);
                let n = n as i64;
                let kept = KeptBallot { n, unit: "1".into(), channel, at, sealed, void, proxy, account };
                standing.take(terms, &kept);
            }
        }
        standing.counts.map(|it| it.ballot as usize)
    }

    /// The rule as the notice prints it, told without a sequence: the owner's own before a proxy's; on each channel the first, or with
    /// 改投 the last; of the two channels the one named, or the later.
    fn as_printed(terms: &Terms, arrivals: &[(Channel, i64, bool)]) -> Option<usize> {
        let own = arrivals.iter().any(|it| !it.2);
        let of = |channel: Channel| {
            let here: Vec<usize> =
                (0..arrivals.len()).filter(|n| arrivals[*n].0 == channel && arrivals[*n].2 != own).collect();
            match (terms.revote, channel) {
                (false, _) => here.first().copied(),
                (true, Channel::Online) => here.last().copied(),
                (true, Channel::Paper) => here.into_iter().max_by_key(|n| arrivals[*n].1),
            }
        };
        match (of(Channel::Online), of(Channel::Paper), terms.precedence) {
            (Some(online), Some(paper), Precedence::Latest) => {
                Some(if arrivals[online].1 < arrivals[paper].1 { paper } else { online })
            }
            (Some(online), Some(_), Precedence::Online) => Some(online),
            (Some(_), Some(paper), Precedence::Paper) => Some(paper),
            (online, paper, _) => online.or(paper),
        }
    }

    // V-K: every order in which an owner's first vote, a second one, a proxy's, a sheet of paper and a sheet handed in by the proxy may
    // arrive, under every rule; and every part of them.
    // covers: BJ-032
    #[test]
    fn in_whatever_order_they_come_the_declared_rule_says_which_counts() {
        use Channel::{Online, Paper};
        let hands = [
            (Online, 10, false),
            (Online, 20, false),
            (Online, 15, true),
            (Paper, 12, false),
            (Paper, 30, true),
        ];
        let mut orders: Vec<Vec<usize>> = vec![vec![]];
        for _ in 0..hands.len() {
            let grown = orders.iter().flat_map(|order| {
                (0..hands.len())
                    .filter(|n| !order.contains(n))
                    .map(move |n| [order.as_slice(), &[n]].concat())
            });
            let grown: Vec<Vec<usize>> = grown.collect();
            orders.extend(grown);
            orders.sort();
            orders.dedup();
        }
        assert_eq!(orders.len(), 326);
        let mut checked = 0;
        for revote in [false, true] {
            for precedence in Precedence::ALL {
                let terms = terms(precedence, revote);
                for order in &orders {
                    // One voter's clock does not run back: a second vote online comes after the first.
                    let at = |n: usize| order.iter().position(|it| *it == n);
                    if at(0).zip(at(1)).is_some_and(|(first, second)| second < first) {
                        continue;
                    }
                    let arrivals: Vec<_> = order.iter().map(|n| hands[*n]).collect();
                    let told = (counted(&terms, &arrivals), as_printed(&terms, &arrivals));
                    assert_eq!(told.0, told.1, "{precedence:?} revote {revote} {arrivals:?}");
                    checked += 1;
                }
            }
        }
        assert_eq!(checked, 6 * 220);
    }

    #[test]
    fn a_sheet_handed_in_earlier_and_typed_later_does_not_take_the_place_of_the_later_one() {
        for revote in [false, true] {
            let terms = terms(Precedence::Paper, revote);
            assert_eq!(counted(&terms, &[(Channel::Paper, 5, false), (Channel::Paper, 3, false)]), Some(0));
        }
    }

    #[test]
    fn without_a_second_vote_the_other_channel_in_between_opens_no_way_to_one() {
        use Channel::{Online, Paper};
        let terms = terms(Precedence::Latest, false);
        assert_eq!(counted(&terms, &[(Online, 10, false), (Paper, 12, false), (Online, 20, false)]), Some(1));
    }
}
