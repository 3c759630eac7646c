//! The nouns: who votes in an owner's stead, by which paper, for which items, until when.

use jiff::{Timestamp, civil::Date};
use kernel::id;
use serde::Deserialize;

use crate::decisions::DecisionId;

id!(MandateId);

/// 表决代表的登记.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mandate {
    pub(crate) id: MandateId,
    pub(crate) decision: DecisionId,
    pub(crate) unit: String,
    pub(crate) kind: Kind,
    /// A key that says nothing about whom it stands for.
    pub(crate) person: String,
    pub(crate) name: String,
    /// Items by id; empty for all of them.
    pub(crate) items: Vec<String>,
    pub(crate) document: String,
    pub(crate) until: Date,
    pub(crate) ended: Option<Ended>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) at: Timestamp,
    pub(crate) reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 受托人 (指导规则 Art. 26): the owner's own ballot goes before it.
    Proxy,
    /// 监护人 (Art. 25): votes as the owner, who cannot.
    Guardian,
    /// 共有人推选的表决人 (Art. 25): the one of several owners who votes.
    CoOwner,
}

/// 登记, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Registering {
    pub(crate) kind: String,
    pub(crate) unit: String,
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) items: Vec<String>,
    pub(crate) document: String,
    pub(crate) until: String,
}

/// 终止, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ending {
    pub(crate) mandate: String,
    pub(crate) reason: String,
}

impl Mandate {
    /// Whether it covers an item.
    pub(crate) fn covers(&self, item: &str) -> bool {
        self.items.is_empty() || self.items.iter().any(|it| it == item)
    }

    /// The owner keeps the own vote beside it.
    pub(crate) fn is_proxy(&self) -> bool {
        self.kind == Kind::Proxy
    }
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Proxy, Self::Guardian, Self::CoOwner];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Proxy => "proxy",
            Self::Guardian => "guardian",
            Self::CoOwner => "co_owner",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Proxy => "受托人",
            Self::Guardian => "监护人",
            Self::CoOwner => "共有人推选的表决人",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}
