//! The nouns: an edit a device made, the batch it comes home in, and what became of it.

use serde::{Deserialize, Serialize};

use crate::assessments::types::Marked;

/// One item's mark and note, as a device changed them without a network.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Edit {
    /// Counted by the device, from 1, for each sheet.
    pub(crate) n: i64,
    pub(crate) item: String,
    /// What the device saw there before.
    pub(crate) seen: Marked,
    pub(crate) given: Marked,
}

/// An edit that came home, and from which device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) device: String,
    pub(crate) edit: Edit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EditState {
    /// Taken, or the sheet said so already.
    Applied,
    /// The sheet says something else by now, or the mark cannot be.
    Disputed,
    /// Its assessor chose, or a later edit of the same device took its place.
    Settled,
}

impl EditState {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Disputed => "disputed",
            Self::Settled => "settled",
        }
    }
}

/// What a device sends: its own name, and its edits as JSON.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sending {
    pub(crate) device: String,
    pub(crate) edits: String,
}

/// The same, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) device: String,
    pub(crate) edits: Vec<Edit>,
}

/// What a device is told: how far its edits were taken, and the sheet as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Synced {
    /// Edits up to this number need not be sent again.
    pub(crate) taken: i64,
    /// How many arrived too early, and wait for those before them.
    pub(crate) waiting: usize,
    pub(crate) disputed: usize,
    pub(crate) version: i64,
}

/// 采用 which of two.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    pub(crate) device: String,
    pub(crate) n: String,
    /// `device` or `sheet`.
    pub(crate) keep: String,
}
