//! The nouns: a county's plan for one selection, and a project it takes up.

use kernel::id;
use rules::Mode;
use serde::Deserialize;

id!(CandidateId);

/// 创建方式 of one county in one selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) tenant: i64,
    pub(crate) selection: String,
    pub(crate) mode: Mode,
    /// Why it takes fewer places than the notice allows; empty when it takes them all.
    pub(crate) reason: String,
}

/// 培育项目: a community taken up, and what the county found beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) community: i64,
    pub(crate) finding: String,
    pub(crate) added_at: jiff::Timestamp,
}

/// 选定创建方式 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PlanForm {
    pub(crate) selection: String,
    pub(crate) mode: String,
    /// Empty: as many as the notice allows.
    pub(crate) places: String,
    pub(crate) reason: String,
}

/// 列入培育名单 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CandidateForm {
    /// Name or number of the community.
    pub(crate) community: String,
    pub(crate) finding: String,
}
