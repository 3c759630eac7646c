//! The nouns: a preparation, its group, where it stands, and the forms.

use jiff::civil::Date;
use kernel::{Place, id};
use serde::{Deserialize, Serialize};

use crate::decisions::DecisionId;

id!(FoundingId);

/// 筹备.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Founding {
    pub(crate) id: FoundingId,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) applied_on: Date,
    pub(crate) ground: String,
    pub(crate) stage: Stage,
    pub(crate) group: Group,
    /// 筹备工作 done: code and day.
    pub(crate) tasks: Vec<(String, Date)>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 首次业主大会筹备组.
    First,
    /// 换届小组.
    Reelection,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// 已申请: the street has to put a group together.
    Applied,
    /// 名单公告中.
    Posted {
        on: Date,
    },
    /// 已成立.
    Formed {
        on: Date,
    },
    /// 已完成, by this decision.
    Done {
        on: Date,
        formed_on: Date,
        decision: DecisionId,
    },
    Ended {
        on: Date,
        reason: String,
    },
}

/// Who sits in the group, and what its gates said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) members: Vec<Member>,
    /// 推荐关: how the owners' members were recommended.
    pub(crate) recommended: String,
    /// 审核关: what the neighborhood's party organisation found.
    pub(crate) reviewed: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) side: Side,
    pub(crate) head: bool,
}

/// Whom a member stands for (指导规则 Art. 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    Owner,
    Developer,
    Street,
    Neighborhood,
    /// 小区党支部、派出所等.
    Other,
}

/// 申请.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Applying {
    pub(crate) kind: String,
    pub(crate) applied_on: String,
    /// Of a first assembly: whose condition, and the figures it is met by.
    pub(crate) condition: String,
    pub(crate) area_percent: String,
    pub(crate) heads_percent: String,
    pub(crate) delivered_on: String,
}

/// 组建: members row by row.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Grouping {
    pub(crate) name: Vec<String>,
    pub(crate) side: Vec<String>,
    /// The row of the head, from 0.
    pub(crate) head: String,
    pub(crate) recommended: String,
    pub(crate) reviewed: String,
    pub(crate) version: String,
}

/// 确认成立, 办结一项工作, 完成, 终止.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Going {
    pub(crate) task: String,
    pub(crate) done_on: String,
    pub(crate) decision: String,
    pub(crate) reason: String,
}

impl Kind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Reelection => "reelection",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::First => "首次业主大会筹备组",
            Self::Reelection => "换届小组",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::First, Self::Reelection].into_iter().find(|it| it.code() == code)
    }
}

impl Side {
    pub(crate) const ALL: [(Self, &str, &str); 5] = [
        (Self::Owner, "owner", "业主代表"),
        (Self::Developer, "developer", "建设单位代表"),
        (Self::Street, "street", "街道（乡镇）代表"),
        (Self::Neighborhood, "neighborhood", "居委会代表"),
        (Self::Other, "other", "党支部、派出所等代表"),
    ];

    pub(crate) fn label(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.2)
    }
}

impl Stage {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Posted { .. } => "posted",
            Self::Formed { .. } => "formed",
            Self::Done { .. } => "done",
            Self::Ended { .. } => "ended",
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Self::Applied | Self::Posted { .. } | Self::Formed { .. })
    }
}
