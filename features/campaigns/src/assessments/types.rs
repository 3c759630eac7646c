//! The nouns: a score sheet, its marks, and a posted list.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{UserId, id};
use serde::{Deserialize, Serialize};

use crate::{applications::types::ApplicationId, openings::types::CampaignId};

id!(SheetId);
id!(NoticeId);

/// 评分表: one assessor's sheet for one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) id: SheetId,
    pub(crate) campaign: CampaignId,
    pub(crate) application: ApplicationId,
    pub(crate) assessor: UserId,
    pub(crate) stage: Stage,
    pub(crate) marks: BTreeMap<String, Marked>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Open,
    /// 回避: the assessor declared an interest; nothing of the sheet counts.
    Conflicted,
    /// Nothing is changed any more.
    Locked,
}

/// A mark as it was given, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marked {
    pub(crate) mark: String,
    #[serde(default)]
    pub(crate) note: String,
}

impl Stage {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Conflicted => "conflicted",
            Self::Locked => "locked",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        [Self::Conflicted, Self::Locked].into_iter().find(|it| it.code() == code).unwrap_or(Self::Open)
    }
}

/// 公示: a list as it was posted. What was posted never changes; a correction is the next version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) id: NoticeId,
    pub(crate) campaign: CampaignId,
    pub(crate) version: i64,
    pub(crate) posted_on: Date,
    pub(crate) days: i64,
    pub(crate) next_step: Date,
    pub(crate) lines: Vec<NoticeLine>,
    pub(crate) reason: String,
}

/// What the public sees of a chosen community: no person, no phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NoticeLine {
    pub(crate) rank: u32,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) total: String,
}

/// 发布公示.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Posting {
    pub(crate) days: String,
    pub(crate) reason: String,
}
