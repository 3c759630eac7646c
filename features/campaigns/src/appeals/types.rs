//! The nouns: an appeal, what it is about, and the days in which scores may be appealed against.

use jiff::{Timestamp, civil::Date};
use kernel::{UserId, id};
use serde::Deserialize;

use crate::{applications::types::ApplicationId, awards::Outcome, openings::types::CampaignId};

id!(AppealId);

/// 得分告知: the days in which applicants read their scores and may appeal, the last one included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hearing {
    pub(crate) campaign: CampaignId,
    pub(crate) opened_on: Date,
    pub(crate) closes_on: Date,
}

/// What an appeal is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// One item's score, by the city's panel.
    Item(String),
    /// A condition of a gate that fails: g1.2.
    Gate(String),
    /// A veto that hits.
    Veto(String),
}

impl Subject {
    pub(crate) fn code(&self) -> String {
        match self {
            Self::Item(it) => format!("item:{it}"),
            Self::Gate(it) => format!("gate:{it}"),
            Self::Veto(it) => format!("veto:{it}"),
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let (kind, of) = code.split_once(':')?;
        match kind {
            "item" => Some(Self::Item(of.to_owned())),
            "gate" => Some(Self::Gate(of.to_owned())),
            "veto" => Some(Self::Veto(of.to_owned())),
            _ => None,
        }
    }

    pub(crate) fn is_score(&self) -> bool {
        matches!(self, Self::Item(_))
    }
}

/// 申诉.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appeal {
    pub(crate) id: AppealId,
    pub(crate) campaign: CampaignId,
    pub(crate) application: ApplicationId,
    pub(crate) subject: Subject,
    pub(crate) says: String,
    pub(crate) body: String,
    pub(crate) filed_by: UserId,
    pub(crate) filed_at: Timestamp,
    pub(crate) due_on: Date,
    pub(crate) outcome: Outcome,
    /// The locked sheets a score rested on when it was raised, in their order.
    pub(crate) scored_by: Vec<i64>,
    pub(crate) version: i64,
}

/// 告知得分.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct HearingForm {
    /// Working days.
    pub(crate) days: String,
}

/// 提出申诉.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AppealForm {
    pub(crate) subject: String,
    pub(crate) body: String,
}
