//! The nouns: a letter, a home, and what is typed about them.

use jiff::{Timestamp, civil::Date};
use kernel::{Place, UserId, id};
use serde::Deserialize;

id!(LetterId);
id!(HomeId);

/// 来信 for one home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) id: LetterId,
    pub(crate) place: Place,
    pub(crate) unit: String,
    pub(crate) printed_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) handed_on: Option<Date>,
    pub(crate) used_at: Option<Timestamp>,
    pub(crate) void_reason: Option<String>,
    pub(crate) version: i64,
}

/// 房屋绑定.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    pub(crate) id: HomeId,
    pub(crate) community: i64,
    pub(crate) unit: String,
    pub(crate) person: UserId,
    pub(crate) bound_at: Timestamp,
    pub(crate) ended: Option<String>,
    /// The hashed mark of the browser it was bound on; empty when there was none.
    pub(crate) device: String,
    pub(crate) version: i64,
}

/// Whose a phone is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhoneOf {
    pub(crate) person: UserId,
    pub(crate) verified: bool,
}

/// 打印来信 as typed: one unit a line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PrintForm {
    pub(crate) units: String,
}

/// 登记送达, 作废, 解除绑定.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct HandForm {
    pub(crate) handed_on: String,
    pub(crate) reason: String,
}

/// The letter's code, and who has it in hand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BindForm {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) phone: String,
}

/// 用手机登录.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PhoneForm {
    pub(crate) phone: String,
    /// The six digits, once they have been sent.
    pub(crate) code: String,
}
