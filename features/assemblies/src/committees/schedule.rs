//! What a committee owes and by which day: data of the pack laid over its term. Pure.

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::{ToSpan as _, civil::Date};
use serde::Deserialize;

use super::types::{Committee, Due, Kind};

/// The pack that ships.
pub(crate) static PACK: LazyLock<DutyPack> = LazyLock::new(|| {
    let text = include_str!("../../../../packs/national-2009-committees/duties.toml");
    toml::from_str(text).unwrap_or_else(|it| panic!("the shipped duties: {it}"))
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyPack {
    pub(crate) title: String,
    pub(crate) owners: Size,
    pub(crate) management: Size,
    pub(crate) party_percent: i64,
    /// 党的工作小组计入小区党支部组建率 (SC-022).
    pub(crate) working_groups_count: bool,
    pub(crate) coverage: Vec<Coverage>,
    pub(crate) milestones: Vec<Milestones>,
    pub(crate) duties: Vec<Duty>,
}

/// 覆盖指标: a share of all communities, with the steps it is to reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Coverage {
    pub(crate) measure: Measure,
    pub(crate) title: String,
    /// Whose targets these are, by the first digits of a county's code; elsewhere they are figures to look at.
    pub(crate) places: Vec<String>,
    pub(crate) steps: Vec<Step>,
    pub(crate) source: String,
}

/// 制度建设节点: what is to be so by which day, where the document prints no share (SC-037).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Milestones {
    pub(crate) title: String,
    /// Whose these are, by the first digits of a county's code; elsewhere they are not shown.
    pub(crate) places: Vec<String>,
    pub(crate) steps: Vec<Milestone>,
    pub(crate) source: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Milestone {
    pub(crate) says: String,
    pub(crate) by: Date,
    /// Every sitting committee is to have something on record by then; else one is enough.
    pub(crate) everywhere: bool,
}

/// What a community has to have to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Measure {
    /// 业委会或物管会.
    Either,
    /// 业主委员会.
    Owners,
    /// 小区党支部或网格党支部.
    Branch,
}

/// A share by a day.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(crate) percent: i64,
    pub(crate) by: Date,
}

impl Step {
    /// How many more it takes, whole communities.
    pub(crate) fn missing(&self, part: i64, of: i64) -> i64 {
        ((of * self.percent + 99) / 100 - part).max(0)
    }
}

/// 人数 and 任期, with where they are printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Size {
    pub(crate) least: usize,
    pub(crate) most: usize,
    /// The longest term.
    pub(crate) years: u32,
    pub(crate) source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Duty {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) by: By,
    pub(crate) when: When,
    /// Owed only where there is common income.
    #[serde(default)]
    pub(crate) with_income: bool,
    /// Its doing is told to everybody on the notice board.
    #[serde(default)]
    pub(crate) disclosed: bool,
    /// Under what it lies there.
    #[serde(default)]
    pub(crate) folder: Folder,
    /// Whoever heard it says how good the work was.
    #[serde(default)]
    pub(crate) graded: bool,
    pub(crate) source: String,
    /// Whether the notice prints the day; what it leaves open is this house's parameter.
    pub(crate) printed: bool,
}

/// 公开目录: what owners may ask to see (指导规则 Art. 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Folder {
    Fund,
    Charter,
    Contract,
    Parking,
    #[default]
    Other,
}

impl Folder {
    pub(crate) const ALL: [(Self, &'static str); 5] = [
        (Self::Fund, "维修资金的筹集和使用"),
        (Self::Charter, "管理规约、议事规则和会议决定"),
        (Self::Contract, "物业服务合同、共有部分的使用和收益"),
        (Self::Parking, "车位、车库的处分"),
        (Self::Other, "其他应当公开的"),
    ];
}

/// Who says that it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    Committee,
    Neighborhood,
    Street,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum When {
    After { after: Anchor, days: i64 },
    Before { before: Anchor, months: i64 },
    Every { every: Period },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Anchor {
    Elected,
    TermEnd,
    /// Each day a member left or joined: what was filed is no longer so.
    Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Period {
    Quarter,
    HalfYear,
    Year,
}

impl DutyPack {
    pub(crate) fn size(&self, kind: Kind) -> &Size {
        match kind {
            Kind::Owners => &self.owners,
            Kind::Management => &self.management,
        }
    }

    pub(crate) fn duty(&self, code: &str) -> Option<&Duty> {
        self.duties.iter().find(|it| it.code == code)
    }
}

/// Every duty of the term that has come within sight of `until`, the earliest first.
pub(crate) fn owed(pack: &DutyPack, committee: &Committee, until: Date) -> Vec<Due> {
    let mut owed = vec![];
    for duty in pack.duties.iter().filter(|it| !it.with_income || committee.common_income) {
        let once = |due_on: Date| Due {
            key: duty.code.clone(),
            code: duty.code.clone(),
            period: String::new(),
            due_on,
        };
        let at = |anchor: Anchor| match anchor {
            Anchor::Elected => vec![once(committee.elected_on)],
            Anchor::TermEnd => vec![once(committee.term_ends_on)],
            Anchor::Change => changes(duty, committee),
        };
        match duty.when {
            When::After { after, days } => {
                owed.extend(at(after).into_iter().map(|it| it.moved(|on| on.saturating_add(days.days()))));
            }
            When::Before { before, months } => {
                let moved = |on: Date| on.saturating_sub(months.months());
                owed.extend(at(before).into_iter().map(|it| it.moved(moved)));
            }
            When::Every { every } => owed.extend(periods(duty, every, committee, until)),
        }
    }
    owed.sort_by(|a, b| (a.due_on, &a.key).cmp(&(b.due_on, &b.key)));
    owed
}

/// One for each day on which members left or joined, for that day.
fn changes(duty: &Duty, committee: &Committee) -> Vec<Due> {
    let left = committee.members.iter().filter_map(|it| Some(it.left.as_ref()?.0));
    let joined = committee.members.iter().filter_map(|it| Some(it.joined?.on));
    let days: BTreeSet<Date> = left.chain(joined).collect();
    let due = |on: Date| Due {
        key: format!("{}-{on}", duty.code),
        code: duty.code.clone(),
        period: format!("{on}委员变更"),
        due_on: on,
    };
    days.into_iter().map(due).collect()
}

/// One for each whole period of the term that ends no later than `until` or is running then; due on its last day.
fn periods(duty: &Duty, every: Period, committee: &Committee, until: Date) -> Vec<Due> {
    let months = match every {
        Period::Quarter => 3,
        Period::HalfYear => 6,
        Period::Year => 12,
    };
    let mut due = vec![];
    let mut first = period_of(committee.elected_on, months);
    // The period of the election is owed only when the committee sat through at least half of it.
    loop {
        let last = first.saturating_add(months.months()).saturating_sub(1.day());
        if until < first || committee.term_ends_on < last {
            break;
        }
        let sat = last.since(committee.elected_on).map_or(0, |it| it.get_days());
        let whole = last.since(first).map_or(0, |it| it.get_days());
        if whole <= sat * 2 {
            let (key, words) = named(first, every);
            let key = format!("{}-{key}", duty.code);
            due.push(Due { key, code: duty.code.clone(), period: words, due_on: last });
        }
        first = last.saturating_add(1.day());
    }
    due
}

fn period_of(day: Date, months: i64) -> Date {
    let month = (i64::from(day.month()) - 1) / months * months + 1;
    Date::new(day.year(), month as i8, 1).unwrap_or(day)
}

fn named(first: Date, every: Period) -> (String, String) {
    let (year, month) = (first.year(), first.month());
    match every {
        Period::Quarter => {
            let n = (month - 1) / 3 + 1;
            (format!("{year}Q{n}"), format!("{year}年第{n}季度"))
        }
        Period::HalfYear if month == 1 => (format!("{year}H1"), format!("{year}年上半年")),
        Period::HalfYear => (format!("{year}H2"), format!("{year}年下半年")),
        Period::Year => (format!("{year}"), format!("{year}年")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::committees::types::CommitteeId;

    fn committee(income: bool) -> Committee {
        Committee {
            id: CommitteeId::from(1),
            place: kernel::Place::default(),
            n: 1,
            kind: Kind::Owners,
            elected_on: date(2023, 5, 20),
            term_ends_on: date(2026, 5, 19),
            common_income: income,
            members: vec![],
            seats: 5,
            ended: None,
            version: 1,
        }
    }

    fn of(code: &str, income: bool, until: Date) -> Vec<(String, String)> {
        let owed = owed(&PACK, &committee(income), until).into_iter().filter(|it| it.code == code);
        owed.map(|it| (it.key, it.due_on.to_string())).collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    // covers: SC-039
    #[test]
    fn days_count_from_the_election_and_from_the_end_of_the_term() {
        let now = date(2024, 8, 20);
        assert_eq!(of("first_meeting", false, now), pairs(&[("first_meeting", "2023-05-27")]));
        assert_eq!(of("filing", false, now), pairs(&[("filing", "2023-06-19")]));
        assert_eq!(of("reelection", false, now), pairs(&[("reelection", "2026-02-19")]));
        assert_eq!(of("handover", false, now), pairs(&[("handover", "2026-05-29")]));
        assert_eq!(of("audit", true, now), pairs(&[("audit", "2026-05-19")]));
        assert_eq!(of("audit", false, now), []);
    }

    // covers: LA-047, FX-029, FX-035, SC-038
    #[test]
    fn what_comes_again_is_owed_for_every_period_the_committee_sat_through() {
        let now = date(2024, 8, 20);
        // Elected on 20 May: less than half of the second quarter and of the half year were left.
        assert_eq!(
            of("income", false, now),
            pairs(&[
                ("income-2023H2", "2023-12-31"),
                ("income-2024H1", "2024-06-30"),
                ("income-2024H2", "2024-12-31")
            ])
        );
        let quarters: Vec<String> = of("party_report", false, now).into_iter().map(|it| it.0).collect();
        assert_eq!(quarters.first().unwrap(), "party_report-2023Q3");
        assert_eq!(quarters.len(), 5);
        assert_eq!(
            of("duty_report", false, now),
            pairs(&[("duty_report-2023", "2023-12-31"), ("duty_report-2024", "2024-12-31")])
        );
        assert_eq!(
            of("training", false, now),
            pairs(&[("training-2023", "2023-12-31"), ("training-2024", "2024-12-31")])
        );
        // Nothing is owed for a period the term does not reach the end of.
        assert_eq!(of("duty_report", false, date(2030, 1, 1)).len(), 3);
    }

    #[test]
    fn a_change_of_what_was_filed_is_reported_within_thirty_days() {
        let left = |on| super::super::types::Member {
            name: "何家宝".to_owned(),
            post: super::super::types::Post::Member,
            party: false,
            origin: super::super::types::Origin::Owner,
            left: on,
            joined: None,
        };
        let gone = |on: Date| left(Some((on, "辞职".to_owned())));
        let members =
            vec![gone(date(2024, 7, 1)), left(None), gone(date(2024, 5, 1)), gone(date(2024, 7, 1))];
        let committee = Committee { members, ..committee(false) };
        let owed = owed(&PACK, &committee, date(2024, 8, 20)).into_iter().filter(|it| it.code == "change");
        let told: Vec<_> = owed.map(|it| (it.key, it.due_on.to_string())).collect();
        assert_eq!(told, pairs(&[("change-2024-05-01", "2024-05-31"), ("change-2024-07-01", "2024-07-31")]));
        assert_eq!(of("change", false, date(2024, 8, 20)), []);
    }

    // 指导规则 Art. 36: eight kinds; decisions are posted by their own room, and what else there is comes with the report to owners.
    #[test]
    fn what_owners_are_told_is_data() {
        let told: Vec<&str> =
            PACK.duties.iter().filter(|it| it.disclosed).map(|it| it.code.as_str()).collect();
        assert_eq!(told, ["income", "fund", "expenses", "owners_report", "charter", "contract", "parking"]);
    }

    #[test]
    fn the_pack_is_sound() {
        assert!(PACK.title.contains("履职"));
        assert_eq!(PACK.size(Kind::Owners).most, 11);
        let mut codes: Vec<&str> = PACK.duties.iter().map(|it| it.code.as_str()).collect();
        codes.dedup();
        assert_eq!(codes.len(), PACK.duties.len());
        assert!(PACK.duties.iter().all(|it| !it.source.is_empty()));
    }
}
