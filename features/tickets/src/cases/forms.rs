//! What is typed: a report, a rating, and the few words most verbs ask for.

use serde::Deserialize;

/// 反映问题.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub(crate) struct Intake {
    pub(crate) community: String,
    pub(crate) category: String,
    pub(crate) kind: String,
    pub(crate) urgency: String,
    pub(crate) openness: String,
    pub(crate) body: String,
    pub(crate) building: String,
    pub(crate) unit: String,
    pub(crate) name: String,
    pub(crate) phone: String,
    /// Staff only: by which channel it came.
    pub(crate) channel: String,
    /// Offices that send cases out only: what another system calls it, and which system.
    pub(crate) outside: String,
    pub(crate) system: String,
}

/// 评价: solved and satisfied, asked separately.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Rating {
    /// Set by the verb, never read from a form.
    #[serde(skip)]
    pub(crate) by_staff: bool,
    pub(crate) solved: String,
    pub(crate) satisfied: String,
    pub(crate) words: String,
}

/// A verb that asks for words, and perhaps for whom.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Handling {
    pub(crate) words: String,
    /// `enterprise:123`.
    pub(crate) handler: String,
    pub(crate) into: String,
    /// 不予受理的理由 and 专线, by their codes.
    pub(crate) reason: String,
    pub(crate) line: String,
    /// What it is to be called: category, urgency, and kind where it was no praise.
    pub(crate) category: String,
    pub(crate) urgency: String,
    pub(crate) kind: String,
    /// 已整改 or not, of what is confirmed.
    pub(crate) status: String,
    /// The units a third-level whistle names besides the township: `department:12`.
    pub(crate) unit: Vec<String>,
    pub(crate) score: String,
    pub(crate) solved: String,
    pub(crate) satisfied: String,
    pub(crate) version: String,
}
