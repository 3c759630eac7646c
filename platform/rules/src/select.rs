//! Quotas and cascades: who goes on to the next stage, and how many may.

use std::collections::{BTreeMap, HashSet};

use kernel::Ratio;

/// The stages a campaign selects in, each from the winners of the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cascade {
    pub selections: Vec<Selection>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// `recommendation`, `district`, `nomination`, `city`, `ministry`.
    pub code: String,
    pub title: String,
    /// The selection whose winners this one chooses from; none: everybody entered.
    pub from: Option<String>,
    pub per: Per,
    pub kind: SelectionKind,
    pub quota: Quota,
    /// What those chosen are given.
    pub honours: Vec<Honour>,
    /// How few make the stage impossible (Beijing's districts nominate at least two).
    pub at_least: u32,
    /// Marked in the notice as a rough figure, or added by the house.
    pub unconfirmed: bool,
    /// A county may set fewer places for itself (BJ-009).
    pub may_lower: bool,
    /// The ways a county may go about it; it declares one before it chooses (BJ-008).
    pub modes: Vec<Mode>,
}

/// How a district makes its own choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// 全面创建、最后推选: every project of the district takes part, the best are chosen at the end.
    AllThenSelect,
    /// 自愿申报、提前审查、直接认定: those that apply and pass an examination beforehand are designated.
    ApplyPrescreenDesignate,
}

impl Mode {
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::AllThenSelect, Self::ApplyPrescreenDesignate].into_iter().find(|it| it.code() == code)
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AllThenSelect => "all_then_select",
            Self::ApplyPrescreenDesignate => "apply_prescreen_designate",
        }
    }
}

/// A title for the honours register: given here, or applied for with a higher office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Honour {
    pub title: String,
    /// `county`, `city`, `province` or `nation`.
    pub class: String,
    /// `awarded` or `applied`.
    pub status: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    County,
    City,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectionKind {
    ByRank,
    /// A judgement with a reason and a second person; never computed.
    ByHand,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// At most so many.
    AtMost(u32),
    /// A share of the county's communities (LA-018: 按各县区小区数量的百分之三).
    Share { of_communities: Ratio, rounding: Rounding, at_least: u32 },
}

/// How a share becomes a number of heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    Floor,
    Ceil,
    HalfUp,
}

impl Rounding {
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "floor" => Some(Self::Floor),
            "ceil" => Some(Self::Ceil),
            "half_up" => Some(Self::HalfUp),
            _ => None,
        }
    }

    #[must_use]
    pub fn of(self, number: Ratio) -> i128 {
        match self {
            Self::Floor => number.floor(),
            Self::Ceil => number.ceil(),
            Self::HalfUp => number.round_half_up(),
        }
    }

    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Floor => "向下取整",
            Self::Ceil => "向上取整",
            Self::HalfUp => "四舍五入",
        }
    }
}

impl Quota {
    /// How many places there are for a county with `communities`; unknown without that number when it is a share.
    #[must_use]
    pub fn places(&self, communities: Option<u32>) -> Option<u32> {
        match *self {
            Self::AtMost(places) => Some(places),
            Self::Share { of_communities, rounding, at_least } => {
                let exact = of_communities.times(Ratio::whole(i128::from(communities?)))?;
                u32::try_from(rounding.of(exact)).ok().map(|it| it.max(at_least))
            }
        }
    }
}

/// One entry in rank order, as a selection sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing<'a> {
    pub(crate) county: &'a str,
    /// None for those a gate or veto keeps out.
    pub(crate) rank: Option<u32>,
    pub(crate) eligible: Option<bool>,
}

impl Cascade {
    /// For each entry, in the given rank order, the codes of the stages it is selected for.
    ///
    /// Equal entries that do not all fit below a quota are all left out: that choice is a person's.
    pub(crate) fn select(
        &self,
        ranked: &[Standing<'_>],
        communities: Option<&BTreeMap<String, u32>>,
    ) -> Vec<Vec<String>> {
        let mut selected_for = vec![vec![]; ranked.len()];
        let mut winners: BTreeMap<&str, HashSet<usize>> = BTreeMap::new();
        for selection in self.selections.iter().filter(|it| it.kind == SelectionKind::ByRank) {
            let pool: Option<Vec<usize>> = match &selection.from {
                None => Some((0..ranked.len()).collect()),
                Some(from) => winners
                    .get(from.as_str())
                    .map(|it| (0..ranked.len()).filter(|at| it.contains(at)).collect()),
            };
            // A stage that rests on one which could not be computed cannot be computed either.
            let Some(pool) = pool else { continue };
            let Some(chosen) = selection.choose(&pool, ranked, communities) else { continue };
            for at in &chosen {
                selected_for[*at].push(selection.code.clone());
            }
            winners.insert(&selection.code, chosen);
        }
        selected_for
    }
}

impl Selection {
    fn choose(
        &self,
        pool: &[usize],
        ranked: &[Standing<'_>],
        communities: Option<&BTreeMap<String, u32>>,
    ) -> Option<HashSet<usize>> {
        let mut by_area: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in pool.iter().copied().filter(|at| ranked[*at].rank.is_some()) {
            let area = match self.per {
                Per::County => ranked[at].county,
                Per::City => "",
            };
            by_area.entry(area).or_default().push(at);
        }
        let mut chosen = HashSet::new();
        for (area, entries) in by_area {
            let counted = communities.and_then(|it| it.get(area).copied());
            let places = self.quota.places(counted)? as usize;
            chosen.extend(best(&entries, places, ranked));
        }
        Some(chosen)
    }
}

/// The best `places` entries, without a group of equals that would not fit whole.
fn best(entries: &[usize], places: usize, ranked: &[Standing<'_>]) -> Vec<usize> {
    let Some(first_out) = entries.get(places) else { return entries.to_vec() };
    let tied = |at: &usize| {
        ranked[*at].rank == ranked[*first_out].rank && ranked[*at].eligible == ranked[*first_out].eligible
    };
    entries[..places].iter().copied().filter(|at| !tied(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: LA-018
    #[test]
    fn three_per_cent_of_the_communities_is_a_whole_number_of_places() {
        let quota = |rounding| Quota::Share { of_communities: Ratio::new(3, 100), rounding, at_least: 1 };
        assert_eq!(quota(Rounding::Floor).places(Some(140)), Some(4));
        assert_eq!(quota(Rounding::Ceil).places(Some(140)), Some(5));
        assert_eq!(quota(Rounding::HalfUp).places(Some(150)), Some(5));
        assert_eq!(quota(Rounding::Floor).places(Some(12)), Some(1));
        assert_eq!(quota(Rounding::Floor).places(None), None);
    }

    fn check(ranks: &[u32], places: u32, chosen: &[bool]) {
        let quota = Quota::AtMost(places);
        let selection = Selection {
            code: "city".into(),
            title: String::new(),
            from: None,
            per: Per::City,
            kind: SelectionKind::ByRank,
            quota,
            honours: vec![],
            at_least: 0,
            unconfirmed: false,
            may_lower: false,
            modes: vec![],
        };
        let standing = |rank: &u32| Standing { county: "", rank: Some(*rank), eligible: Some(true) };
        let ranked: Vec<_> = ranks.iter().map(standing).collect();
        let selected = Cascade { selections: vec![selection] }.select(&ranked, None);
        assert_eq!(selected.iter().map(|it| !it.is_empty()).collect::<Vec<_>>(), chosen);
    }

    #[test]
    fn equals_at_the_cut_are_left_to_a_person_and_the_quota_is_never_passed() {
        check(&[1, 2, 3], 2, &[true, true, false]);
        check(&[1, 2, 2], 2, &[true, false, false]);
        check(&[1, 2, 2], 3, &[true, true, true]);
        check(&[1], 3, &[true]);
    }
}
