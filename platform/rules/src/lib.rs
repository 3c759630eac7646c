//! 规则包 — one official notice turned into something that runs: gates, vetoes, items, quotas, all of it data.
//!
//! Pure: a pack's text goes in, a checked [`Pack`] comes out, and [`score`] and [`rank`] are functions of facts and
//! marks. Arithmetic is exact and rounded once, for display, as the pack declares. A missing fact is unknown:
//! never passed, never hit.

mod adjust;
mod check;
mod document;
mod facts;
mod marks;
mod pack;
mod predicate;
mod rank;
mod raw;
mod refine;
mod score;
mod select;
mod selects;
mod standard;

pub use adjust::{AdjustedDocument, Adjustment};
pub use check::{OffDay, Summary, summary};
pub use document::Document;
pub use facts::{Catalogue, Fact, FactInput, Facts, Unit, Value, catalogue};
pub use marks::{Mark, MarkInput};
pub use pack::{Fault, Faults, Form, NeverHeld, Pack, PackFiles, Parameter, Period};
pub use predicate::{Operator, Predicate, Verdict};
pub use rank::{Entry, Explained, RankInput, Ranked, TieBreak, explain, rank};
pub use refine::{Difference, differences};
pub use score::{GateResult, GroupResult, ItemResult, PartResult, ScoreInput, ScoreSheet, VetoResult, score};
pub use select::{Cascade, Honour, Mode, Per, Quota, Rounding, Selection, SelectionKind};
pub use selects::Selects;
pub use standard::{Gate, Group, Item, Scoring, Standard, Veto};

/// Why an input cannot be computed, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);
