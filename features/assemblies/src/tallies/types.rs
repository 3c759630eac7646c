//! The nouns: the rules of one count, what was measured, and what came of it.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize, Serializer};

use super::rules::{Comparison, Law};

/// `rules.json`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TallyRules {
    pub decided_on: Date,
    #[serde(default)]
    pub head_rule: HeadRule,
    pub topics: Vec<Topic>,
    #[serde(default)]
    pub silent_votes: Option<SilentVotes>,
    #[serde(default)]
    pub opens_at: Option<Timestamp>,
    #[serde(default)]
    pub closes_at: Option<Timestamp>,
    /// A second row for unit and topic: rejected, or the later one counts.
    #[serde(default)]
    pub revote: bool,
    #[serde(default = "yes")]
    pub invalid_takes_part: bool,
}

fn yes() -> bool {
    true
}

/// Interpretation on 建筑物区分所有权, Art. 9: localities differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadRule {
    /// One head per distinct set of owners; the developer's rows are one head together.
    #[default]
    DistinctOwner,
    PerUnit,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    /// 1 to 9, as 《民法典》 278 numbers them.
    pub matter: u8,
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub election: Option<Election>,
}

/// One yes-or-no topic per candidate of a group.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Election {
    pub group: String,
    pub seats: u32,
    #[serde(default)]
    pub reserves: u32,
}

/// 从众条款: silent votes of those reached are added to the majority.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilentVotes {
    pub clause: String,
    pub delivered: Vec<String>,
}

/// Heads and area in 0.001 m²; either may be unknown in a published result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measure {
    pub heads: Option<i64>,
    pub area: Option<i64>,
}

impl Measure {
    pub(crate) const NONE: Self = Self { heads: Some(0), area: Some(0) };

    pub(crate) fn add(&mut self, heads: i64, area: i64) {
        self.heads = self.heads.map(|it| it + heads);
        self.area = self.area.map(|it| it + area);
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            heads: Option<i64>,
            area: Option<String>,
        }
        let area = self.area.map(|it| kernel::Area(it).to_string());
        Shown { heads: self.heads, area }.serialize(to)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct TallyResult {
    pub(crate) law: Law,
    pub topics: Vec<TopicResult>,
    pub rejected: Vec<Rejected>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TopicResult {
    pub id: String,
    pub matter: u8,
    #[serde(flatten)]
    pub strict: Count,
    /// The same count with the silent votes added, when there is a clause.
    pub with_clause: Option<Count>,
    pub decides: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    pub total: Measure,
    pub participating: Measure,
    pub yes: Measure,
    pub no: Measure,
    pub abstain: Measure,
    pub invalid: Measure,
    pub options: BTreeMap<String, Measure>,
    /// Heads whose units answered differently: they take part and are neither yes nor no.
    pub mixed_heads: Vec<String>,
    pub comparisons: Vec<Comparison>,
    pub passed: Option<bool>,
    pub reasons: Vec<String>,
}

/// A ballot row that does not count, and why; it never stops the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    pub line: u64,
    pub unit: String,
    pub topic: String,
    pub reason: String,
}
