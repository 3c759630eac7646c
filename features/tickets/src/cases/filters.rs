//! What a list of cases leaves of a scope. Pure.

use jiff::Timestamp;

/// What a list leaves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// One stage; none looks into every one, and only for words.
    pub(crate) stage: Option<&'static str>,
    /// Words a case says, in whatever stage it is; empty for the stage's own list.
    pub(crate) said: String,
    pub(crate) category: Option<String>,
    pub(crate) late: bool,
    /// 申请延期待审 only.
    pub(crate) asked: bool,
    /// A place below the scope.
    pub(crate) within: Option<Within>,
    /// Filed after the first moment and not after the second, in microseconds.
    pub(crate) filed: Option<(i64, i64)>,
    /// Deadline and id of the last row shown.
    pub(crate) after: Option<(Timestamp, i64)>,
}

/// A place a list is narrowed to, as it stands in a URL: `subdistrict-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    County(i64),
    Subdistrict(i64),
    Community(i64),
}

impl Within {
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let (kind, id) = typed.split_once('-')?;
        let id = id.parse().ok()?;
        match kind {
            "county" => Some(Self::County(id)),
            "subdistrict" => Some(Self::Subdistrict(id)),
            "community" => Some(Self::Community(id)),
            _ => None,
        }
    }

    /// The block of the list's statement, and what is bound to it.
    pub(crate) fn block(self) -> (&'static str, i64) {
        match self {
            Self::County(id) => ("of_county", id),
            Self::Subdistrict(id) => ("of_subdistrict", id),
            Self::Community(id) => ("of_community", id),
        }
    }
}

/// 正在办: every open stage together.
pub(crate) const OPEN: &str = "open";
