//! The nouns: a use of a seal, what it rests on, and the forms.

use jiff::civil::Date;
use kernel::UserId;
use serde::Deserialize;

use crate::{committees::types::CommitteeId, decisions::DecisionId};

/// 用印.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) committee: CommitteeId,
    pub(crate) n: i64,
    pub(crate) seal: Seal,
    pub(crate) document: String,
    pub(crate) copies: i64,
    pub(crate) basis: Basis,
    pub(crate) asked_on: Date,
    pub(crate) asked_by: UserId,
    pub(crate) outcome: Outcome,
    pub(crate) version: i64,
}

/// Which of the three (指导规则 Art. 34; 财务印章 by the house's own reading).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seal {
    Assembly,
    Committee,
    Finance,
}

/// What allows a use: a session's resolution, or a final decision of the owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    Session(i64),
    Decision(DecisionId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Open,
    Stamped { on: Date, by: UserId },
    Refused { on: Date, by: UserId, reason: String },
}

/// 申请用印.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asking {
    pub(crate) seal: String,
    pub(crate) document: String,
    pub(crate) copies: String,
    pub(crate) basis: String,
}

/// 用印, or 不予用印 with a reason.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Deciding {
    pub(crate) n: String,
    pub(crate) outcome: String,
    pub(crate) reason: String,
}

impl Seal {
    pub(crate) const ALL: [(Self, &str, &str); 3] = [
        (Self::Assembly, "assembly", "业主大会印章"),
        (Self::Committee, "committee", "业主委员会印章"),
        (Self::Finance, "finance", "财务印章"),
    ];

    pub(crate) fn code(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    pub(crate) fn label(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.2)
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|it| it.1 == code).map(|it| it.0)
    }
}

impl Basis {
    pub(crate) fn code(self) -> String {
        match self {
            Self::Session(n) => format!("session-{n}"),
            Self::Decision(id) => format!("decision-{id}"),
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let (kind, number) = code.split_once('-')?;
        let number: i64 = number.parse().ok()?;
        match kind {
            "session" => Some(Self::Session(number)),
            "decision" => Some(Self::Decision(number.into())),
            _ => None,
        }
    }
}
