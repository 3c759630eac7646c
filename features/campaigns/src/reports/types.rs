//! The nouns: a report a county owes, and its sections.

use std::collections::BTreeMap;

use kernel::{Tenant, id};

use crate::openings::types::CampaignId;

id!(ReportId);

/// 工作报告 or 创建活动总结 of one county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) id: ReportId,
    pub(crate) campaign: CampaignId,
    /// The pack's form it is written on.
    pub(crate) form: String,
    /// Title and text, in the form's order.
    pub(crate) sections: Vec<(String, String)>,
    pub(crate) submitted_at: Option<jiff::Timestamp>,
    /// When it was first handed in; sent back for more, it is not late by that.
    pub(crate) handed_at: Option<jiff::Timestamp>,
    pub(crate) version: i64,
}

impl Report {
    pub(crate) fn tenant(&self) -> Tenant {
        Tenant::of_id(self.id.into())
    }
}

/// The sections as typed: `section-0`, `section-1`, …, and `submit` when it is handed in.
pub(crate) type Typed = BTreeMap<String, String>;
