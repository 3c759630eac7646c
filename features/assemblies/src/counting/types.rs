//! The nouns: a posted result, and a count read back from it.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// 计票结果, one version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Posted {
    pub(crate) n: i64,
    /// The tally's own JSON.
    pub(crate) body: String,
    pub(crate) posted_on: Date,
    pub(crate) posted_at: Timestamp,
    pub(crate) days: i64,
    pub(crate) next_step: Date,
    /// Why it was counted again; empty for the first.
    pub(crate) reason: String,
}

/// The tally's JSON, read back for showing.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Counted {
    pub(crate) topics: Vec<CountedTopic>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CountedTopic {
    pub(crate) id: String,
    pub(crate) matter: u8,
    #[serde(flatten)]
    pub(crate) strict: CountedSides,
    pub(crate) with_clause: Option<CountedSides>,
    pub(crate) decides: String,
}

impl CountedTopic {
    /// The side that decides.
    pub(crate) fn deciding(&self) -> &CountedSides {
        match (&self.with_clause, self.decides.as_str()) {
            (Some(it), "with_clause") => it,
            _ => &self.strict,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CountedSides {
    pub(crate) total: Pair,
    pub(crate) participating: Pair,
    pub(crate) yes: Pair,
    pub(crate) no: Pair,
    pub(crate) abstain: Pair,
    pub(crate) invalid: Pair,
    pub(crate) options: BTreeMap<String, Pair>,
    pub(crate) mixed_heads: Vec<String>,
    pub(crate) comparisons: Vec<Compared>,
    pub(crate) passed: Option<bool>,
    pub(crate) reasons: Vec<String>,
}

/// Heads, and area in m² as printed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Pair {
    pub(crate) heads: Option<i64>,
    pub(crate) area: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Compared {
    pub(crate) code: String,
    pub(crate) option: Option<String>,
    pub(crate) left: Option<String>,
    pub(crate) right: Option<String>,
    pub(crate) met: Option<bool>,
}

/// 作废, as typed.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Voiding {
    pub(crate) unit: String,
    /// `unit` or `ballot`.
    pub(crate) scope: String,
    pub(crate) reason: String,
}
