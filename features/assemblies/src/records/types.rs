//! The nouns: a leaf of the log, and the text of a ballot as it is hashed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// 日志中的一条.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// From 0.
    pub(crate) n: i64,
    /// roll, rules, notice, extension, letters, reissue, delivery, mandate, mandate_end, scan, ballot, sheet_void, close, opening, void, result, final,
    /// cancelled.
    pub(crate) kind: String,
    /// SHA-256 of kind, moment and body, as hexadecimal digits; the leaf's content in the tree.
    pub(crate) hash: String,
    /// A ballot's is its commitment: its text is sealed with the ballot.
    pub(crate) body: String,
    pub(crate) at: Timestamp,
}

/// What a ballot says, in the order in which it is written and hashed. The nonce keeps it from being guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BallotText {
    pub(crate) decision: String,
    /// SHA-256 of the frozen roll.
    pub(crate) roll: String,
    pub(crate) unit: String,
    /// online or paper.
    pub(crate) channel: String,
    /// The number printed on the sheet, for paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sheet: Option<String>,
    /// Whose hand it is when it is not the owner's own: the number of a `mandate` leaf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mandate: Option<String>,
    /// When it was cast, or the sheet received.
    pub(crate) at: Timestamp,
    /// yes, no, abstain, invalid or option:a, by item.
    pub(crate) choices: BTreeMap<String, String>,
    pub(crate) nonce: String,
}

/// A checkpoint as kept: the note with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    pub(crate) size: i64,
    pub(crate) note: String,
    pub(crate) at: Timestamp,
}
