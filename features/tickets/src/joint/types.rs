//! The nouns: a part of a case asked of another unit, and the forms.

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use crate::cases::types::{Body, TicketId};

/// 协办.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) ticket: TicketId,
    pub(crate) n: i64,
    /// None: a department that has no desk in this house.
    pub(crate) body: Option<Body>,
    pub(crate) named: String,
    pub(crate) task: String,
    pub(crate) due_on: Date,
    pub(crate) outcome: Outcome,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Open,
    Done {
        at: Timestamp,
        by: String,
        words: String,
    },
    Withdrawn {
        at: Timestamp,
        by: String,
        words: String,
    },
    /// 退回: not this unit's affair, by its own word.
    Refused {
        at: Timestamp,
        by: String,
        words: String,
    },
}

/// 请协办.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asking {
    /// `enterprise:123`, or empty for a department by name.
    pub(crate) unit: String,
    pub(crate) named: String,
    pub(crate) task: String,
    pub(crate) due_on: String,
}

/// 反馈, 撤销协办.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Closing {
    pub(crate) n: String,
    pub(crate) outcome: String,
    pub(crate) words: String,
}
