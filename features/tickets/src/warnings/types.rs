//! The nouns: a rule, and a warning it raised.

use jiff::Timestamp;
use kernel::{Place, id};
use serde::Deserialize;

use crate::{cases::types::Body, profiles::types::Span};

id!(WarningId);

/// One rule of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) react: Reactor,
    pub(crate) within: Span,
}

/// What a rule looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    DueSoon { hours: i64 },
    Overdue,
    RepeatReporter { times: i64, days: i64 },
    SamePlace { times: i64, days: i64 },
    ManyAnonymous { times: i64, days: i64 },
    SuddenRise { times: i64, weeks: i64, once_in: i64 },
}

impl Kind {
    /// What raises it, in plain words.
    pub(crate) fn says(self) -> String {
        match self {
            Self::DueSoon { hours } => {
                format!("离答复时限不到{hours}小时，而且时间已经过半，还没有答复")
            }
            Self::Overdue => "过了答复时限还没有答复".to_owned(),
            Self::RepeatReporter { times, days } => {
                format!("同一个手机号{days}天内反映{times}件以上")
            }
            Self::SamePlace { times, days } => {
                format!("同一小区同一位置的同一类问题，{days}天内{times}件以上")
            }
            Self::ManyAnonymous { times, days } => {
                format!("同一小区{days}天内对企业匿名的反映{times}件以上")
            }
            Self::SuddenRise { times, weeks, once_in } => format!(
                "近7天{times}件以上，而且比这个小区此前{weeks}周的平时水平明显多。平时水平没有变的小区，平均{once_in}周以上才会误报一次（逐周比较两个时期的精确检验，用模拟的一年核对过）"
            ),
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::DueSoon { .. } => "due_soon",
            Self::Overdue => "overdue",
            Self::RepeatReporter { .. } => "repeat_reporter",
            Self::SamePlace { .. } => "same_place",
            Self::ManyAnonymous { .. } => "many_anonymous",
            Self::SuddenRise { .. } => "sudden_rise",
        }
    }
}

/// Whose reaction it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reactor {
    Neighborhood,
    Subdistrict,
    County,
}

impl Reactor {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Neighborhood => "社区",
            Self::Subdistrict => "街道（乡镇）",
            Self::County => "物业主管部门",
        }
    }

    pub(crate) fn body(self, place: &Place) -> Option<Body> {
        let tenant = kernel::Tenant::from_number(u16::try_from(place.tenant).ok()?);
        Some(match self {
            Self::Neighborhood => Body::Neighborhood(place.neighborhood),
            Self::Subdistrict => Body::Subdistrict(place.subdistrict),
            Self::County => Body::County(tenant),
        })
    }
}

/// What a look found, before it is a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) community: i64,
    pub(crate) subject: String,
    /// The case to look at first; 0: none.
    pub(crate) ticket: i64,
    pub(crate) words: String,
}

/// 预警.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warning {
    pub(crate) id: WarningId,
    pub(crate) place: Place,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) ticket: i64,
    pub(crate) words: String,
    pub(crate) raised_at: Timestamp,
    pub(crate) react_by: Timestamp,
    pub(crate) reactor: Body,
    pub(crate) reaction: Option<String>,
    pub(crate) reacted_at: Option<Timestamp>,
    pub(crate) version: i64,
}

/// 回应 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReactionForm {
    pub(crate) reaction: String,
    /// Those that are reacted to together.
    pub(crate) id: Vec<String>,
}
