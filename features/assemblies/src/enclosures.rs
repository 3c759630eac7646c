//! 材料 — papers beside a decision: what explains its agenda, for everybody once it is noticed; and scans of ballot papers, for those
//! who watch over the vote. Their digests are in the log.

mod actions;
mod events;
pub(crate) mod pages;
mod queries;
pub(crate) mod rules;

pub(crate) use queries::{declared, documents, scanned};
pub(crate) use rules::FileLine;
