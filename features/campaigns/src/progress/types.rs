//! The nouns: one look at a county's progress.

use jiff::civil::Date;
use kernel::{Tenant, UserId, id};
use serde::{Deserialize, Serialize};

use crate::openings::types::CampaignId;

id!(ProgressId);

/// 进展评估 of one county on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) id: ProgressId,
    pub(crate) campaign: CampaignId,
    pub(crate) seen_on: Date,
    pub(crate) figures: Figures,
    pub(crate) verdict: Verdict,
    pub(crate) found: String,
    pub(crate) advice: String,
    pub(crate) person: UserId,
    /// 县区回应.
    pub(crate) answer: Option<String>,
    pub(crate) version: i64,
}

impl Progress {
    pub(crate) fn tenant(&self) -> Tenant {
        Tenant::of_id(self.id.into())
    }
}

/// What the house counted at that moment; it is kept, so that a later reader sees what the assessor saw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) communities: i64,
    pub(crate) submitted: i64,
    pub(crate) accepted: i64,
    pub(crate) recommended: i64,
    pub(crate) places: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Ahead,
    OnCourse,
    Behind,
}

impl Verdict {
    pub(crate) const ALL: [Self; 3] = [Self::Ahead, Self::OnCourse, Self::Behind];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::OnCourse => "on_course",
            Self::Behind => "behind",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The colour of its mark, and its name.
    pub(crate) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Ahead => ("good", "快于进度"),
            Self::OnCourse => ("done", "符合进度"),
            Self::Behind => ("late", "滞后"),
        }
    }
}

/// 填写评估 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ProgressForm {
    pub(crate) county: String,
    pub(crate) seen_on: String,
    pub(crate) verdict: String,
    pub(crate) found: String,
    pub(crate) advice: String,
}

/// 县区回应 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerForm {
    pub(crate) answer: String,
}
