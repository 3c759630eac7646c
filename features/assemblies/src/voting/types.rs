//! The nouns: a letter, a ballot kept sealed, the one that counts, and a sheet of paper entered twice.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kernel::{UserId, id};
use serde::{Deserialize, Serialize};

use crate::decisions::{Decision, DecisionId};

id!(SheetId);

/// What opens a ballot paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// The code of a unit's letter: whoever holds it.
    Letter(String),
    /// A home bound to the account signed in.
    Home(DecisionId, owners::HomeId),
}

/// 表决凭证.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) decision: DecisionId,
    pub(crate) unit: String,
    /// A new letter ends the one before.
    pub(crate) serial: i64,
    pub(crate) delivered_at: Option<Timestamp>,
    pub(crate) how: String,
    pub(crate) contact: Contact,
    /// 到会: when the owner signed in at the meeting.
    pub(crate) present_at: Option<Timestamp>,
}

/// 扫楼.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contact {
    None,
    Reached,
    Absent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Channel {
    Online,
    Paper,
}

/// A ballot as it lies in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptBallot {
    /// Its leaf in the log.
    pub(crate) n: i64,
    pub(crate) unit: String,
    pub(crate) channel: Channel,
    pub(crate) at: Timestamp,
    pub(crate) sealed: String,
    /// 作废, by a ruling on an objection.
    pub(crate) void: bool,
    /// Cast by a proxy.
    pub(crate) proxy: bool,
    /// The account it was cast from; 0 for a letter or paper.
    pub(crate) account: i64,
}

/// The one ballot of a unit that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Effective {
    pub(crate) unit: String,
    pub(crate) ballot: i64,
    pub(crate) channel: Channel,
    pub(crate) at: Timestamp,
    pub(crate) proxy: bool,
    pub(crate) account: i64,
}

/// 纸质表决票.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) id: SheetId,
    pub(crate) number: String,
    pub(crate) unit: String,
    pub(crate) building: String,
    pub(crate) received_at: Timestamp,
    pub(crate) first_by: UserId,
    /// Sealed, like the second.
    pub(crate) first: String,
    pub(crate) second: Option<(UserId, String)>,
    pub(crate) state: SheetState,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SheetState {
    /// 待复录.
    Once,
    /// 两次录入不一致.
    Differs,
    Agreed,
    /// 作废: typed wrongly, or not to be counted.
    Void,
}

/// What one person read from a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) unit: String,
    pub(crate) received_at: Timestamp,
    pub(crate) choices: BTreeMap<String, String>,
    /// Signed by whoever is registered to vote in the owner's stead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) by_mandate: bool,
}

/// 打印出来的凭证: letters with their codes.
#[derive(Debug)]
pub(crate) struct Printed {
    pub(crate) community: String,
    pub(crate) decision: Decision,
    pub(crate) letters: Vec<(Letter, String)>,
}

/// What came of voting for all units of the same owners.
#[derive(Debug)]
pub(crate) struct Cast {
    pub(crate) decision: DecisionId,
    pub(crate) receipts: Vec<Receipt>,
    /// Units this vote was not taken for, and why.
    pub(crate) skipped: Vec<(String, String)>,
}

/// 回执.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) unit: String,
    pub(crate) n: i64,
    pub(crate) hash: String,
    pub(crate) nonce: String,
    pub(crate) at: Timestamp,
}

impl Channel {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Paper => "paper",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        if code == "paper" { Self::Paper } else { Self::Online }
    }
}

impl Contact {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reached => "reached",
            Self::Absent => "absent",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "reached" => Self::Reached,
            "absent" => Self::Absent,
            _ => Self::None,
        }
    }
}

impl SheetState {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Differs => "differs",
            Self::Agreed => "agreed",
            Self::Void => "void",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "agreed" => Self::Agreed,
            "void" => Self::Void,
            "differs" => Self::Differs,
            _ => Self::Once,
        }
    }
}
