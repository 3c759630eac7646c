//! The nouns: a verb for many, and what was done by it.

use jiff::Timestamp;
use kernel::{UserId, id};
use serde::Deserialize;

use crate::cases::types::TicketId;

id!(BatchId);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// 派单, to the same kind of body of each community.
    Dispatch,
    /// 督办.
    Supervise,
}

impl Verb {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Supervise => "supervise",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Dispatch => "派单",
            Self::Supervise => "督办",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Dispatch, Self::Supervise].into_iter().find(|it| it.code() == code)
    }
}

/// What was done at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) id: BatchId,
    pub(crate) person: UserId,
    pub(crate) verb: Verb,
    pub(crate) words: String,
    pub(crate) done_at: Timestamp,
    pub(crate) undone_at: Option<Timestamp>,
    /// Each case, and its version when the batch was through with it.
    pub(crate) items: Vec<(TicketId, i64)>,
}

/// The bodies a case may be sent to by their kind: whichever of that kind its community has.
pub(crate) const HANDLERS: [(&str, &str); 4] = [
    ("enterprise", "服务本小区的物业企业"),
    ("neighborhood", "所在社区"),
    ("subdistrict", "所在乡镇（街道）"),
    ("branch", "小区党支部"),
];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    pub(crate) verb: String,
    /// `id` of each case, as ticked in the list.
    pub(crate) id: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BatchForm {
    pub(crate) verb: String,
    /// `id:version` of each case, as the preview showed it.
    pub(crate) case: Vec<String>,
    /// A kind of [`HANDLERS`].
    pub(crate) handler: String,
    pub(crate) words: String,
}
