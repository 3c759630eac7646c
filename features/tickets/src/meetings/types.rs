//! The nouns: a meeting, a matter on its agenda, what became of it, and the form.

use jiff::{Timestamp, civil::Date};
use kernel::id;
use serde::Deserialize;

use crate::cases::types::{Body, TicketId};

id!(MatterId);

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meeting {
    /// 社区联席会议, convened by the township's leader for the neighborhood (SC-015).
    Neighborhood,
    /// 党建联盟, for what concerns several neighborhoods or is beyond one (SC-014).
    Alliance,
    /// 县级联席会议 (SC-016).
    County,
}

/// 议题.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Matter {
    pub(crate) id: MatterId,
    pub(crate) ticket: TicketId,
    pub(crate) meeting: Meeting,
    pub(crate) put_at: Timestamp,
    /// What was decided, in words, and when.
    pub(crate) outcome: Option<(String, Timestamp)>,
    pub(crate) version: i64,
}

/// 会议决定.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// 交办: to whom, by which day.
    Assigned { handler: Body, named: String, by: Date },
    /// 提交上一级.
    Raised(Meeting),
    /// 按原安排继续办理, by another day.
    GoesOn { by: Date },
}

/// What is typed of a decision.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Deciding {
    pub(crate) outcome: String,
    /// `enterprise:123`.
    pub(crate) handler: String,
    pub(crate) due_on: String,
    pub(crate) words: String,
    pub(crate) version: String,
}

impl Meeting {
    pub(crate) const ALL: [(Self, &str, &str); 3] = [
        (Self::Neighborhood, "neighborhood", "社区联席会议"),
        (Self::Alliance, "alliance", "党建联盟"),
        (Self::County, "county", "县联席会议"),
    ];

    pub(crate) fn code(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    pub(crate) fn label(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.2)
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        Self::ALL.iter().find(|it| it.1 == code).map_or(Self::County, |it| it.0)
    }

    /// Where a matter goes that this one cannot settle either.
    pub(crate) fn above(self) -> Option<Self> {
        match self {
            Self::Neighborhood => Some(Self::Alliance),
            Self::Alliance => Some(Self::County),
            Self::County => None,
        }
    }
}

impl Decision {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Assigned { .. } => "assigned",
            Self::Raised(_) => "raised",
            Self::GoesOn { .. } => "goes_on",
        }
    }
}
