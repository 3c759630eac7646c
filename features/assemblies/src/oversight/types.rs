//! The nouns: an entry of the register in one of three kinds, what came of it, and the forms.

use jiff::civil::Date;
use serde::Deserialize;

use crate::committees::types::CommitteeId;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) committee: CommitteeId,
    pub(crate) n: i64,
    pub(crate) kind: Kind,
    /// A code of the kind's classes.
    pub(crate) class: String,
    /// The supervisor, or the member; empty for an audit of all.
    pub(crate) name: String,
    pub(crate) words: String,
    /// How they were elected, who audits, what proves it.
    pub(crate) document: String,
    pub(crate) begun_on: Date,
    pub(crate) due_on: Option<Date>,
    /// When it ended, and how.
    pub(crate) closed: Option<(Date, String)>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 监事会成员、执行监事 (FX-033).
    Supervisor,
    /// 换届、离任、专项审计 (FX-033, SC-039, SC-040).
    Audit,
    /// 违法违规 of a member (SC-043).
    Violation,
}

/// 登记, in one of the three kinds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Opening {
    pub(crate) kind: String,
    pub(crate) class: String,
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) document: String,
    pub(crate) begun_on: String,
    pub(crate) due_on: String,
}

/// 办结: 离任, 审计结果, 处理结果.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Closing {
    pub(crate) n: String,
    pub(crate) closed_on: String,
    pub(crate) result: String,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Supervisor, Self::Audit, Self::Violation];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::Audit => "audit",
            Self::Violation => "violation",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Codes and words of what an entry of this kind may be.
    pub(crate) fn classes(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Supervisor => &[("board", "监事会成员"), ("executive", "执行监事")],
            Self::Audit => &[
                ("reelection", "换届经济责任审计"),
                ("departure", "主任离任经济责任审计"),
                ("special", "专项审计（业主反映强烈）"),
            ],
            Self::Violation => &[
                ("gain", "利用职务谋取私利"),
                ("funds", "违规收支、侵占公共收益或维修资金"),
                ("procedure", "违反议事规则、擅自决定"),
                ("handover", "拒不移交印章、资料、财物"),
                ("other", "其他违法违规行为"),
            ],
        }
    }

    pub(crate) fn class(self, code: &str) -> &'static str {
        self.classes().iter().find(|it| it.0 == code).map_or("", |it| it.1)
    }
}
