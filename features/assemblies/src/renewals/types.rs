//! The nouns: a project of renewal, a consent and what it rests on, and the forms.

use jiff::civil::Date;
use kernel::{Place, id};
use serde::{Deserialize, Serialize};

id!(RenewalId);

/// 改造项目.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Renewal {
    pub(crate) id: RenewalId,
    pub(crate) place: Place,
    pub(crate) title: String,
    pub(crate) proposed_on: Date,
    pub(crate) stage: Stage,
    pub(crate) consents: Vec<Consent>,
    /// Stages it went through, with their days.
    pub(crate) days: Vec<(Stage, Date)>,
    pub(crate) reason: String,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// 申请中.
    Proposed,
    /// 已纳入计划.
    Included,
    /// 已开工.
    Started,
    /// 已完工.
    Finished,
    /// 已终止.
    Ended,
}

/// 共识.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Consent {
    pub(crate) kind: Kind,
    pub(crate) on: Date,
    pub(crate) basis: Basis,
    pub(crate) words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// 长效管理机制: before it is included.
    Management,
    /// 改造后的物业服务模式、物业服务费用: before it begins.
    Service,
}

/// A final decision of the owners, or households that were asked one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Basis {
    Decision(i64),
    Asked { agreed: i64, households: i64 },
}

/// 申请.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Proposing {
    pub(crate) title: String,
}

/// 登记共识.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Consenting {
    pub(crate) kind: String,
    pub(crate) decision: String,
    pub(crate) agreed: String,
    pub(crate) households: String,
    pub(crate) words: String,
}

/// 纳入、开工、完工、终止.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Going {
    pub(crate) to: String,
    pub(crate) reason: String,
}

impl Stage {
    pub(crate) const ALL: [(Self, &str, &str); 5] = [
        (Self::Proposed, "proposed", "申请中"),
        (Self::Included, "included", "已纳入改造计划"),
        (Self::Started, "started", "已开工"),
        (Self::Finished, "finished", "已完工"),
        (Self::Ended, "ended", "已终止"),
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

    /// What comes after it.
    pub(crate) fn next(self) -> Option<Self> {
        match self {
            Self::Proposed => Some(Self::Included),
            Self::Included => Some(Self::Started),
            Self::Started => Some(Self::Finished),
            Self::Finished | Self::Ended => None,
        }
    }
}

impl Kind {
    pub(crate) const ALL: [(Self, &str, &str); 2] = [
        (Self::Management, "management", "长效管理机制的共识"),
        (Self::Service, "service", "物业服务模式和费用的共识"),
    ];

    pub(crate) fn label(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.2)
    }
}
