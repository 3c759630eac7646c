//! The nouns: how urgent a report is, what it is about, and the clocks that run for it.

use calendar::OfficeHours;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How soon somebody must act. The category says it, and a person may say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Urgency {
    /// 危及安全.
    Danger,
    /// 水电气暖、电梯.
    Utilities,
    Ordinary,
    /// 疑难复杂.
    Complex,
}

impl Urgency {
    pub(crate) const ALL: [Self; 4] = [Self::Danger, Self::Utilities, Self::Ordinary, Self::Complex];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Utilities => "utilities",
            Self::Ordinary => "ordinary",
            Self::Complex => "complex",
        }
    }

    /// Said wherever the case stands.
    pub(crate) fn is_pressing(self) -> bool {
        matches!(self, Self::Danger | Self::Utilities)
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// 诉求类别.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Category {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) urgency: Urgency,
    /// The class of 数字化城市管理 it falls in.
    pub(crate) class: String,
    /// What 12345 hotlines call it: their class with what stands above it, then other names.
    pub(crate) hotline: Vec<String>,
    /// The finding a confirmed one becomes in the register.
    pub(crate) finding: Option<String>,
}

impl Category {
    /// The class of the hotline, from the top: 物业管理/电梯管理.
    pub(crate) fn hotline_class(&self) -> &str {
        self.hotline.first().map_or("", String::as_str)
    }
}

/// A length of time and the clock it is measured by (domain B.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    /// Running through nights and holidays.
    Hours(u32),
    /// Only while offices are open.
    WorkingHours(u32),
    /// To the end of the nth working day after.
    WorkingDays(u32),
    /// To the end of the nth day after.
    Days(u32),
}

/// The clocks of one urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) urgency: Urgency,
    pub(crate) dispatch: Span,
    pub(crate) contact: Span,
    pub(crate) answer: Span,
    pub(crate) extension: Span,
}

/// 时限方案: a place's clocks, as data with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) source: String,
    /// 非文件数字: marked wherever shown until the county confirms it.
    pub(crate) unconfirmed: bool,
    /// The last day by which the place was to take cases in, where its notice names one.
    pub(crate) in_use_by: Option<Date>,
    /// A report goes straight to the company that serves the community.
    pub(crate) direct: bool,
    pub(crate) office: OfficeHours,
    /// 报到 and 办结 of a whistle's level.
    pub(crate) report_in: Span,
    pub(crate) solve: Span,
    /// An answer nobody rates for so long closes the case.
    pub(crate) rate_within: Span,
    /// How often the reporter may have one case done again.
    pub(crate) reopen: i64,
    pub(crate) clocks: Vec<Clock>,
}
