//! The nouns: a system that sends cases in, and what it sends.

use jiff::Timestamp;
use kernel::id;
use serde::{Deserialize, Serialize};

use crate::cases::types::Channel;

id!(SystemId);

/// 接入系统.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct System {
    pub(crate) id: SystemId,
    pub(crate) name: String,
    pub(crate) channel: Channel,
    /// What its messages are signed with, sealed.
    pub(crate) secret: String,
    pub(crate) created_at: Timestamp,
    pub(crate) ended: bool,
    pub(crate) version: i64,
}

/// 登记系统 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SystemForm {
    pub(crate) name: String,
    pub(crate) channel: String,
}

/// A case as another system sends it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Sending {
    /// What the other system calls it; the same number twice is the same case.
    pub(crate) outside: String,
    /// 小区的名称、编号或标识。
    pub(crate) community: String,
    pub(crate) category: String,
    pub(crate) kind: String,
    pub(crate) openness: String,
    pub(crate) body: String,
    pub(crate) building: String,
    pub(crate) name: String,
    pub(crate) phone: String,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(crate) struct Taken {
    pub(crate) id: String,
    pub(crate) number: String,
    /// `filed`, `dispatched` and so on, as the case's own door names it; beside it in words.
    pub(crate) stage: String,
    pub(crate) stage_label: String,
    pub(crate) answer_by: String,
    /// It had been sent before; nothing was filed anew.
    pub(crate) again: bool,
}

/// The headers of a signed message, as Standard Webhooks names them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signed {
    pub(crate) id: String,
    pub(crate) timestamp: String,
    /// `v1,…`, several apart by spaces while a secret is being changed.
    pub(crate) signature: String,
}

/// Who says it sent a message: by the number of the system, or by its key.
#[derive(Debug, Clone)]
pub(crate) enum Sender {
    Number(String),
    Key(String),
}
