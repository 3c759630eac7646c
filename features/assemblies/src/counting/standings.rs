//! 得票情况 — an election as a table: the candidates in the order of their votes, equals told.

use kernel::Area;

use super::{
    queries::{FEWEST, TIED, verdict},
    types::{Counted, CountedSides},
};
use crate::decisions::{Item, types::Election};

/// The candidates of one election in the order of the votes.
#[derive(Debug)]
pub(crate) struct StandingsView {
    pub(crate) seats: u32,
    pub(crate) reserves: u32,
    pub(crate) rows: Vec<StandingRow>,
    /// Whose votes are equal in heads and area, at a place that matters.
    pub(crate) tied: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct StandingRow {
    pub(crate) place: usize,
    pub(crate) name: String,
    /// Heads and area in favour; of fewer than three heads only that it is so few.
    pub(crate) votes: Option<(i64, String)>,
    pub(crate) verdict: (&'static str, &'static str),
}

/// By heads and, of equal heads, by area; equals share a place. A candidate the rules let through stands before one they did not.
pub(crate) fn standings(agenda: &[Item], counted: &Counted) -> Vec<StandingsView> {
    let mut groups: Vec<(&Election, Vec<Placed<'_>>)> = vec![];
    for topic in &counted.topics {
        let Some(item) = agenda.iter().find(|it| it.id == topic.id) else { continue };
        let (Some(election), Some(name)) = (&item.election, item.candidate()) else { continue };
        let placed = placed(item, topic.deciding(), name);
        match groups.iter_mut().find(|it| it.0.group == election.group) {
            Some(known) => known.1.push(placed),
            None => groups.push((election, vec![placed])),
        }
    }
    let view = |(election, mut all): (&Election, Vec<Placed<'_>>)| {
        let rank = |it: &Placed<'_>| (it.verdict.1 != "未当选", it.votes);
        all.sort_by_key(|it| std::cmp::Reverse(rank(it)));
        let rows = all.iter().map(|it| StandingRow {
            place: 1 + all.iter().filter(|other| rank(it) < rank(other)).count(),
            name: it.name.to_owned(),
            votes: (FEWEST <= it.votes.0 || it.votes == (0, 0))
                .then(|| (it.votes.0, Area(it.votes.1).to_string())),
            verdict: it.verdict,
        });
        StandingsView {
            seats: election.seats,
            reserves: election.reserves,
            tied: all.iter().filter(|it| it.verdict.1 == TIED).map(|it| it.name.to_owned()).collect(),
            rows: rows.collect(),
        }
    };
    groups.into_iter().map(view).collect()
}

/// One candidate's votes in favour (heads, area in 0.001 m²) and what came of them.
pub(crate) struct Placed<'a> {
    pub(crate) name: &'a str,
    pub(crate) votes: (i64, i64),
    pub(crate) verdict: (&'static str, &'static str),
}

pub(crate) fn placed<'a>(item: &Item, sides: &CountedSides, name: &'a str) -> Placed<'a> {
    let area = sides.yes.area.as_deref().and_then(Area::parse_m2).map_or(0, |it| it.0);
    Placed { name, votes: (sides.yes.heads.unwrap_or_default(), area), verdict: verdict(item, sides) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn item(name: &str) -> Item {
        Item {
            id: name.to_owned(),
            matter: 3,
            title: format!("选举业委会委员：{name}"),
            summary: String::new(),
            options: vec![],
            election: Some(Election { group: "1".to_owned(), seats: 1, reserves: 1 }),
        }
    }

    fn topic(name: &str, heads: i64, area: &str, passed: bool, reason: &str) -> serde_json::Value {
        let none = json!({ "heads": 0, "area": "0" });
        json!({
            "id": name, "matter": 3, "decides": "strict", "with_clause": null,
            "total": none, "participating": none, "no": none, "abstain": none, "invalid": none,
            "yes": { "heads": heads, "area": area },
            "options": {}, "mixed_heads": [], "comparisons": [], "passed": passed, "reasons": [reason],
        })
    }

    #[test]
    fn whom_the_rules_let_through_stands_before_whom_more_heads_wanted() {
        let topics = [
            // More than half of the heads, not of the area: not let through, however many they are.
            topic("多人", 60, "900.000", false, "同意面积未过半"),
            topic("少一些", 51, "2000.000", true, "选举组1：列为候补"),
            topic("当选的", 55, "2100.000", true, "选举组1：当选"),
            topic("寥寥", 2, "80.000", false, "同意人数未过半"),
            topic("没有", 0, "0", false, "同意人数未过半"),
        ];
        let counted: Counted = serde_json::from_value(json!({ "topics": topics })).unwrap();
        let agenda = ["多人", "少一些", "当选的", "寥寥", "没有"].map(item);
        let shown = standings(&agenda, &counted);
        let rows = shown[0]
            .rows
            .iter()
            .map(|it| (it.place, it.name.as_str(), it.votes.as_ref().map(|it| it.0), it.verdict.1));
        assert_eq!(
            rows.collect::<Vec<_>>(),
            [
                (1, "当选的", Some(55), "当选"),
                (2, "少一些", Some(51), "候补"),
                (3, "多人", Some(60), "未当选"),
                // So few that the number would name somebody.
                (4, "寥寥", None, "未当选"),
                (5, "没有", Some(0), "未当选"),
            ]
        );
        assert_eq!((shown.len(), shown[0].tied.len()), (1, 0));
    }

    #[test]
    fn equal_votes_share_a_place_and_are_told() {
        let tie = |name| topic(name, 30, "500.000", true, "选举组1：与他人票数相同");
        let topics = [topic("当选的", 40, "500.000", true, "选举组1：当选"), tie("甲"), tie("乙")];
        let counted: Counted = serde_json::from_value(json!({ "topics": topics })).unwrap();
        let shown = standings(&["当选的", "甲", "乙"].map(item), &counted);
        assert_eq!(shown[0].rows.iter().map(|it| it.place).collect::<Vec<_>>(), [1, 2, 2]);
        assert_eq!(shown[0].tied, ["甲", "乙"]);
    }
}
