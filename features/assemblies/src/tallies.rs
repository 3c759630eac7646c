//! 计票 — what a roll and its ballots come to under the law of the day, exactly.
//!
//! Read in this order: `rules` (the law's comparisons), `roll`, `ballots`, `count`, `totals`.

mod ballots;
mod count;
mod roll;
mod rules;
mod totals;
pub(crate) mod types;

pub use ballots::{Ballot, read_ballots};
pub use count::{Answered, answered, tally, tally_text};
pub(crate) use roll::head_of;
pub use roll::{Roll, read_roll};
pub(crate) use rules::known_matter;
pub use totals::{TotalsInput, TotalsResult, recompute};
pub use types::{HeadRule, TallyResult, TallyRules};

/// Why an input cannot be counted, with the line it stands on where there is one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {message}")]
pub struct Refused {
    pub line: u64,
    pub message: String,
}

impl Refused {
    pub(crate) fn new(line: u64, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}
