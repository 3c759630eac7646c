//! The nouns: a survey, an answer, and its result.

use jiff::civil::Date;
use kernel::{Place, id};
use serde::Deserialize;

id!(SurveyId);

/// 满意度调查 of one community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Survey {
    pub(crate) id: SurveyId,
    pub(crate) place: Place,
    pub(crate) title: String,
    /// How many there were when it opened.
    pub(crate) households: i64,
    pub(crate) opens_on: Date,
    /// The last day, until midnight.
    pub(crate) closes_on: Date,
    pub(crate) stage: Stage,
    /// Its result went into the register.
    pub(crate) entered: bool,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    Open,
    Closed,
    Void { reason: String },
}

impl Stage {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Void { .. } => "void",
        }
    }
}

/// What people are asked to mark besides the whole.
pub(crate) const PARTS: [(&str, &str); 5] = [
    ("service", "服务态度"),
    ("cleaning", "环境卫生"),
    ("order", "秩序安全"),
    ("upkeep", "设施维护"),
    ("talk", "沟通议事"),
];

/// From the best to the worst.
pub(crate) const GRADES: [(i64, &str); 5] =
    [(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "很不满意")];

/// One household's answer, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) overall: i64,
    /// Marks in the order of [`PARTS`]; 0: not marked.
    pub(crate) parts: Vec<i64>,
    pub(crate) words: String,
}

/// 开展调查 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SurveyForm {
    pub(crate) community: String,
    pub(crate) title: String,
    pub(crate) closes_on: String,
}

/// A household's answer as sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerForm {
    pub(crate) door: String,
    pub(crate) overall: String,
    pub(crate) service: String,
    pub(crate) cleaning: String,
    pub(crate) order: String,
    pub(crate) upkeep: String,
    pub(crate) talk: String,
    pub(crate) words: String,
}

/// 作废.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct VoidForm {
    pub(crate) reason: String,
}
