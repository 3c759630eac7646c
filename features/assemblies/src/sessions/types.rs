//! The nouns: a session of a committee, what came of it, and the forms.

use jiff::civil::Date;
use serde::Deserialize;

use crate::committees::types::CommitteeId;

/// 业委会会议.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) committee: CommitteeId,
    pub(crate) n: i64,
    pub(crate) title: String,
    pub(crate) agenda: Vec<String>,
    pub(crate) room: String,
    pub(crate) called_on: Date,
    /// 三分之一以上委员提议: the day they did.
    pub(crate) proposed_on: Option<Date>,
    pub(crate) held_on: Date,
    pub(crate) stage: Stage,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    Called,
    Held(Held),
    Cancelled { reason: String },
}

/// Begins a record that lies sealed; those of before stand as they were written.
pub(crate) const SEALED: &str = "sealed:";

/// 会议记录.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// Places in the committee's list of members.
    pub(crate) present: Vec<usize>,
    /// How many sat on the committee then.
    pub(crate) sitting: usize,
    /// Signatures for each item of the agenda; none without a quorum.
    pub(crate) agreed: Vec<usize>,
    /// What each member said, sealed once it is kept: the board shows what was decided and never who said what.
    pub(crate) record: String,
    pub(crate) published_on: Option<Date>,
}

impl Held {
    /// 法定人数: more than half are present (Art. 38).
    pub(crate) fn has_quorum(&self) -> bool {
        self.sitting < self.present.len() * 2
    }

    /// 通过: half of all members or more have signed, present or not (Art. 38: 半数以上).
    pub(crate) fn has_passed(&self, item: usize) -> bool {
        self.has_quorum() && self.agreed.get(item).is_some_and(|it| self.sitting <= it * 2)
    }
}

/// 召集: one item of the agenda a line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Calling {
    pub(crate) title: String,
    pub(crate) agenda: String,
    pub(crate) room: String,
    pub(crate) held_on: String,
    pub(crate) proposed_on: String,
    /// How many members asked for it.
    pub(crate) proposers: String,
}

/// 登记会议记录.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Recording {
    pub(crate) present: Vec<String>,
    /// Beside the items, in their order.
    pub(crate) agreed: Vec<String>,
    pub(crate) record: String,
}

/// 公布, 取消.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ending {
    pub(crate) published_on: String,
    pub(crate) reason: String,
}
