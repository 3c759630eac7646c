//! The nouns: an order to put something right, what came of it, and the forms.

use jiff::civil::Date;
use kernel::id;
use serde::Deserialize;

use crate::{committees::types::CommitteeId, decisions::DecisionId};

id!(CorrectionId);

/// 责令整改.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Correction {
    pub(crate) id: CorrectionId,
    pub(crate) committee: CommitteeId,
    pub(crate) ground: String,
    pub(crate) words: String,
    pub(crate) document: String,
    pub(crate) ordered_on: Date,
    pub(crate) due_on: Date,
    pub(crate) outcome: Outcome,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Open,
    /// 已改正.
    Corrected {
        on: Date,
        remark: String,
    },
    /// 按程序改选.
    Reelection {
        on: Date,
        remark: String,
    },
    /// 社区暂时代行, by the owners' mandate.
    Acting {
        on: Date,
        remark: String,
        mandate: DecisionId,
    },
}

/// 责令: as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ordering {
    pub(crate) ground: String,
    pub(crate) words: String,
    pub(crate) document: String,
    pub(crate) due_on: String,
}

/// 结果: as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Closing {
    pub(crate) correction: String,
    pub(crate) outcome: String,
    pub(crate) mandate: String,
    pub(crate) remark: String,
}
