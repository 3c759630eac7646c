//! The nouns: a post that is told something, what it is told, and a text to a phone.

use jiff::Timestamp;
use kernel::{Hat, Role, Scope, UserId};
use serde::{Deserialize, Serialize};

/// Whom a message is for: whoever holds a role over a part of the world, or one owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Post {
    pub role: Role,
    kind: &'static str,
    number: i64,
}

impl Post {
    #[must_use]
    pub fn new(role: Role, scope: Scope) -> Self {
        let (kind, number) = scope.code();
        Self { role, kind, number }
    }

    /// Owners and assessors hold no office with others; what they are told is theirs.
    #[must_use]
    pub fn person(role: Role, person: UserId) -> Self {
        Self { role, kind: "person", number: person.into() }
    }

    /// The post a hat stands for.
    #[must_use]
    pub fn of(person: UserId, hat: &Hat) -> Self {
        match hat.role {
            Role::Owner | Role::Assessor => Self::person(hat.role, person),
            role => Self::new(role, hat.scope),
        }
    }

    /// As it is stored, and read back.
    #[must_use]
    pub fn code(&self) -> (&'static str, &'static str, i64) {
        (self.role.code(), self.kind, self.number)
    }

    pub(crate) fn from_code(role: &str, kind: &str, number: i64) -> Option<Self> {
        let role = Role::from_code(role)?;
        match kind {
            "person" => Some(Self { role, kind: "person", number }),
            kind => Some(Self::new(role, Scope::from_code(kind, number))),
        }
    }

    pub(crate) fn is_person(&self) -> Option<i64> {
        (self.kind == "person").then_some(self.number)
    }

    pub(crate) fn scope(&self) -> Scope {
        Scope::from_code(self.kind, self.number)
    }
}

/// What is told.
#[derive(Debug, Clone)]
pub struct Note {
    pub subject: i64,
    /// What makes it one message of its subject: told again under the same mark, it is told once.
    pub mark: String,
    /// A sentence without personal data.
    pub title: String,
    /// The page to go to.
    pub href: String,
    /// Worth a short message to whoever asked for them.
    pub urgent: bool,
}

/// A message as it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub post: Post,
    pub subject: i64,
    pub mark: String,
    pub title: String,
    pub href: String,
    pub told_at: Timestamp,
    pub read_at: Option<Timestamp>,
    pub reader: Option<i64>,
}

/// A short message to somebody, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub id: i64,
    pub name: String,
    /// Masked.
    pub phone: String,
    pub sent_at: Timestamp,
    pub state: TextState,
    /// What the carrier said last.
    pub said: String,
}

/// 待发、已交运营商、已送达、失败: never more than is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextState {
    Queued,
    HandedOver,
    Delivered,
    Failed,
}

impl TextState {
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "待发",
            Self::HandedOver => "已交运营商",
            Self::Delivered => "已送达",
            Self::Failed => "失败",
        }
    }
}

/// What the outbox carries for a short message.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Packed {
    /// Sealed.
    pub(crate) phone: String,
    pub(crate) text: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OpenForm {
    pub(crate) subject: String,
    pub(crate) mark: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PhoneForm {
    pub(crate) phone: String,
}

/// What a carrier reports about a message it took.
#[derive(Debug, Deserialize)]
pub(crate) struct Receipt {
    /// The number the message was handed over under, as text.
    pub(crate) id: String,
    pub(crate) delivered: bool,
    #[serde(default)]
    pub(crate) words: String,
}
