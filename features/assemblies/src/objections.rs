//! 异议 — against a posted roll or a posted result: raised by anybody, answered before the next step, kept for ever.
//!
//! Whether one may be raised or answered now is for the room whose posting it is about.

mod actions;
mod events;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rules;
mod store;
pub(crate) mod types;

pub(crate) use actions::{answer, may_answer, raise};
pub(crate) use queries::{Circle, ObjectionView, of_subject};
pub(crate) use store::{counts, open_in, upheld_since};
pub(crate) use types::{Answering, Objected, Objection, ObjectionId, Outcome, Raising};
