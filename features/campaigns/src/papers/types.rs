//! The nouns: a row of a filled 附件4, and what the form beside it says.

use serde::Deserialize;

/// One recommended community as the county wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its line in the file.
    pub(crate) line: u32,
    pub(crate) community: String,
    /// 评估得分及排名, in the county's own words.
    pub(crate) standing: String,
    pub(crate) party_org: String,
    pub(crate) committee: String,
}

/// 录入: whose papers they are, when they came, and the meeting they rest on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PaperForm {
    /// The county's number.
    pub(crate) county: String,
    pub(crate) received_on: String,
    pub(crate) decided_on: String,
    pub(crate) decision: String,
}
