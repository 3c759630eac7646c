//! The nouns: an item of the list, and the form it is put on by.

use jiff::civil::Date;
use kernel::{Tenant, id};
use serde::Deserialize;

id!(EnforcementId);

/// 清单事项.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Enforcement {
    pub(crate) id: EnforcementId,
    pub(crate) tenant: Tenant,
    pub(crate) title: String,
    /// The category of cases it answers; empty when none does.
    pub(crate) category: String,
    pub(crate) department: String,
    pub(crate) basis: String,
    pub(crate) phone: String,
    /// Why, in the order of [`CRITERIA`].
    pub(crate) reasons: [String; 4],
    pub(crate) listed_on: Date,
    /// 移出 on a day, for a reason.
    pub(crate) ended: Option<(Date, String)>,
    pub(crate) version: i64,
}

/// The four marks of a matter that goes on the list: field, and as the notice prints it (SC-067).
pub(crate) const CRITERIA: [(&str, &str); 4] = [
    ("frequent", "行使频率较高"),
    ("simple", "技术门槛不高"),
    ("local", "与属地日常管理关联密切"),
    ("swift", "查处需要及时快速"),
];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListingForm {
    pub(crate) title: String,
    pub(crate) category: String,
    pub(crate) department: String,
    pub(crate) basis: String,
    pub(crate) phone: String,
    pub(crate) frequent: String,
    pub(crate) simple: String,
    pub(crate) local: String,
    pub(crate) swift: String,
}

impl ListingForm {
    /// What was typed for each of [`CRITERIA`].
    pub(crate) fn reasons(&self) -> [&str; 4] {
        [&self.frequent, &self.simple, &self.local, &self.swift]
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EndForm {
    pub(crate) reason: String,
    pub(crate) version: String,
}
