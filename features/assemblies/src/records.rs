//! 表决记录 — every step and every ballot of a decision as a leaf of an append-only Merkle log (RFC 6962), its signed
//! checkpoints, and the whole record to take along and recount. The format is written down in `docs/vote-record.md`.

mod actions;
mod bundle;
pub mod cosigning;
mod draws;
mod events;
mod mandates;
pub(crate) mod pages;
mod paper;
mod parcel;
mod queries;
pub mod rules;
mod store;
mod tiles;
mod types;
mod verify;
mod witnessed;
mod witnesses;

pub(crate) use actions::{append, append_ballot, checkpoint};
pub(crate) use queries::{extensions, last_said, mandates_told, newest_signed, recounts};
pub(crate) use rules::{ballot_text, commitment, rules_of};
pub(crate) use store::{commitment_of, commitments, unsigned, voided_since};
pub(crate) use types::BallotText;
pub use verify::{Verified, verify_record};
