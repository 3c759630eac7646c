//! The nouns: an objection to a posted list, a choice made by people, and an award.

use jiff::civil::Date;
use kernel::{Tenant, UserId, id};
use serde::Deserialize;

use crate::{applications::types::ApplicationId, assessments::types::NoticeId, openings::types::CampaignId};

id!(ObjectionId);
id!(ChoiceId);
id!(AwardId);

/// 异议.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Objection {
    pub(crate) id: ObjectionId,
    pub(crate) campaign: CampaignId,
    pub(crate) notice: NoticeId,
    /// The community it is about; none: the list as a whole.
    pub(crate) application: Option<ApplicationId>,
    pub(crate) body: String,
    /// Name and phone, sealed; read by the campaign's owner alone.
    pub(crate) contact: String,
    pub(crate) filed_at: jiff::Timestamp,
    pub(crate) due_on: Date,
    pub(crate) outcome: Outcome,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Open,
    /// 采纳: the list is to be corrected.
    Upheld {
        answer: String,
    },
    /// 不采纳, and why.
    Dismissed {
        answer: String,
    },
}

impl Outcome {
    /// As it is stored; nothing for what no store holds.
    pub(crate) fn read(code: &str, answer: Option<String>) -> Option<Self> {
        match (code, answer) {
            ("open", None) => Some(Self::Open),
            ("upheld", Some(answer)) => Some(Self::Upheld { answer }),
            ("dismissed", Some(answer)) => Some(Self::Dismissed { answer }),
            _ => None,
        }
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld { .. } => "upheld",
            Self::Dismissed { .. } => "dismissed",
        }
    }

    pub(crate) fn answer(&self) -> Option<&str> {
        match self {
            Self::Open => None,
            Self::Upheld { answer } | Self::Dismissed { answer } => Some(answer),
        }
    }
}

/// 由人选定: one person's proposal, and the second who confirmed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) id: ChoiceId,
    pub(crate) campaign: CampaignId,
    pub(crate) selection: String,
    pub(crate) application: ApplicationId,
    pub(crate) reason: String,
    pub(crate) proposed_by: UserId,
    pub(crate) confirmed_by: Option<UserId>,
    pub(crate) version: i64,
}

/// 认定: one community's title, as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Award {
    pub(crate) id: AwardId,
    pub(crate) campaign: CampaignId,
    pub(crate) selection: String,
    pub(crate) application: ApplicationId,
    pub(crate) rank: i64,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) total: String,
    pub(crate) title: String,
    pub(crate) document: String,
    pub(crate) awarded_on: Date,
}

/// 提出异议, by anybody.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ObjectionForm {
    /// The application's id, or empty for the list as a whole.
    pub(crate) about: String,
    pub(crate) body: String,
    pub(crate) name: String,
    pub(crate) phone: String,
}

/// 答复异议.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AnswerForm {
    pub(crate) outcome: String,
    pub(crate) answer: String,
    pub(crate) version: String,
}

/// 提名 for a selection made by people.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ProposalForm {
    pub(crate) selection: String,
    pub(crate) application: String,
    pub(crate) reason: String,
}

/// 认定.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AwardForm {
    pub(crate) awarded_on: String,
    pub(crate) document: String,
}

/// The tenant an objection lies with: its community's, or the city's own for the list as a whole.
pub(crate) fn tenant_of(application: Option<ApplicationId>) -> Tenant {
    application.map_or(Tenant::from_number(0), |it| Tenant::of_id(it.into()))
}
