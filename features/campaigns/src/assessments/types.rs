//! The nouns: a score sheet, its marks, and a posted list.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{Tenant, UserId, id};
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
    /// Whose scoring it belongs to.
    pub(crate) level: Level,
    pub(crate) stage: Stage,
    pub(crate) marks: BTreeMap<String, Marked>,
    /// Why the owner took it out of the count.
    pub(crate) void_reason: Option<String>,
    pub(crate) version: i64,
}

/// 县区自评 of its own applicants, or 市级测评 of those recommended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    City,
    County,
}

impl Level {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::County => "county",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        if code == "county" { Self::County } else { Self::City }
    }
}

/// Whose ranking it is: the city's, or one county's of its own applicants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Panel {
    City,
    County(Tenant),
}

impl Panel {
    pub(crate) fn level(self) -> Level {
        match self {
            Self::City => Level::City,
            Self::County(_) => Level::County,
        }
    }

    /// Where its pages are, under the campaign's.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::City => "ranking",
            Self::County(_) => "county-ranking",
        }
    }
}

/// 分配: what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) made: usize,
    /// Whose sheets stay too few, because nobody is left who has none there yet.
    pub(crate) short: Vec<String>,
}

impl Sheet {
    /// Still in the count: neither set aside by its assessor nor taken out by the owner.
    pub(crate) fn counts(&self) -> bool {
        self.stage != Stage::Conflicted && self.void_reason.is_none()
    }
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
    /// Which application it is; shown to nobody without a right to it.
    pub(crate) application: ApplicationId,
    pub(crate) rank: u32,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) total: String,
}

/// 细化标准: each item's part of its group's weight, as typed, and why.
pub(crate) type Parts = BTreeMap<String, String>;

/// 发布公示.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Posting {
    pub(crate) days: String,
    pub(crate) reason: String,
}
