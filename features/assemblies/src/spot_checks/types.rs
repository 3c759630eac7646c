//! The nouns: a draw, and one call of it.

use jiff::Timestamp;
use kernel::{UserId, id};
use serde::Deserialize;

use crate::decisions::DecisionId;

id!(SpotCheckId);

/// Ballots of one posted result, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpotCheck {
    pub(crate) id: SpotCheckId,
    pub(crate) decision: DecisionId,
    pub(crate) version: i64,
    pub(crate) seed: String,
    /// Percent.
    pub(crate) share: u32,
    pub(crate) at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) place: i64,
    pub(crate) ballot: i64,
    pub(crate) unit: String,
    pub(crate) state: CallState,
    pub(crate) note: String,
    pub(crate) said: Option<(Timestamp, UserId)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallState {
    Waiting,
    /// What the owner said is what the ballot says, of every item on it.
    Agrees,
    /// The same, as far as the owner remembered.
    Partly,
    Differs,
    /// 没有投过票.
    Denied,
    Unreached,
}

impl CallState {
    pub(crate) const ALL: [Self; 6] =
        [Self::Waiting, Self::Agrees, Self::Partly, Self::Differs, Self::Denied, Self::Unreached];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Agrees => "agrees",
            Self::Partly => "partly",
            Self::Differs => "differs",
            Self::Denied => "denied",
            Self::Unreached => "unreached",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Colour and words.
    pub(crate) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Waiting => ("open", "待回访"),
            Self::Agrees => ("good", "一致"),
            Self::Partly => ("done", "记得的一致"),
            Self::Differs => ("refused", "与票不一致"),
            Self::Denied => ("refused", "表示没有投过"),
            Self::Unreached => ("soon", "联系不上"),
        }
    }
}

/// 抽取, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Drawing {
    pub(crate) seed: String,
    pub(crate) share: String,
}
