//! The nouns: an objection, its form, and its answer.

use jiff::Timestamp;
use kernel::{Place, UserId, id};
use serde::Deserialize;

id!(ObjectionId);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Objection {
    pub(crate) id: ObjectionId,
    pub(crate) subject: i64,
    pub(crate) body: String,
    /// Name and phone, sealed.
    pub(crate) contact: String,
    pub(crate) filed_at: Timestamp,
    /// Whoever raised it, signed in as an owner.
    pub(crate) person: Option<UserId>,
    pub(crate) outcome: Outcome,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Open,
    /// 成立: what was posted has to be put right by a later version.
    Upheld {
        answer: String,
    },
    Dismissed {
        answer: String,
    },
}

/// What an objection was raised against, for whoever is told of the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Objected<'a> {
    pub(crate) subject: i64,
    pub(crate) place: &'a Place,
    /// As a sentence names it: 业主名册, “…”的表决结果.
    pub(crate) what: &'a str,
}

/// 提出异议.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Raising {
    pub(crate) body: String,
    pub(crate) contact: String,
}

/// 答复异议.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answering {
    pub(crate) outcome: String,
    pub(crate) answer: String,
}

impl Outcome {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld { .. } => "upheld",
            Self::Dismissed { .. } => "dismissed",
        }
    }
}
