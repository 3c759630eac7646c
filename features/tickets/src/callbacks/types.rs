//! The nouns: an address a system is answered at.

use jiff::Timestamp;
use kernel::id;
use serde::Deserialize;

use crate::systems::types::SystemId;

id!(CallbackId);

/// 回送地址.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Callback {
    pub(crate) id: CallbackId,
    pub(crate) system: SystemId,
    pub(crate) url: String,
    pub(crate) is_inside: bool,
    pub(crate) stage: Stage,
    pub(crate) proposed_by: i64,
    pub(crate) proposed_at: Timestamp,
    /// Who looked at it besides, and when.
    pub(crate) listed: Option<(i64, Timestamp)>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Proposed,
    /// A second person has looked at it.
    Listed,
    Ended,
}

impl Stage {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Listed => "listed",
            Self::Ended => "ended",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        match code {
            "proposed" => Self::Proposed,
            "listed" => Self::Listed,
            _ => Self::Ended,
        }
    }
}

/// 登记回送地址 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CallbackForm {
    pub(crate) system: String,
    pub(crate) url: String,
    /// Ticked for an address of the office's own network.
    pub(crate) inside: String,
}

/// Who hears of a case: the address, and what the system calls it.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) callback: CallbackId,
    pub(crate) outside: String,
}
