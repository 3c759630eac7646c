//! The nouns: people, the posts they hold, and their forms.

use jiff::{Timestamp, civil::Date};
use kernel::{Role, Scope, UserId, id};
use serde::Deserialize;

id!(GrantId);

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) sign_in_name: String,
    pub(crate) name: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) disabled: bool,
    pub(crate) version: i64,
}

/// A post somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) id: GrantId,
    pub(crate) person: UserId,
    pub(crate) role: Role,
    pub(crate) scope: Scope,
    pub(crate) label: String,
    pub(crate) valid_from: Date,
    pub(crate) valid_until: Option<Date>,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) digest: String,
    pub(crate) person: UserId,
    pub(crate) grant: GrantId,
    pub(crate) device: String,
    pub(crate) started_at: Timestamp,
    pub(crate) seen_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    /// When the person last showed who they are.
    pub(crate) shown_at: Timestamp,
}

/// 第二因子: a generator of one-time codes, with its secret unsealed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Factor {
    pub(crate) secret: String,
    /// A first code has been seen; until then nothing asks for one.
    pub(crate) confirmed: bool,
    pub(crate) last_step: i64,
}

/// Who came in, or how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entered {
    Whole(UserId),
    /// The password was right; a code is still to come.
    Half(UserId),
}

/// 登录.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SignIn {
    pub(crate) sign_in_name: String,
    pub(crate) password: String,
}

/// 新建账号.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NewUser {
    pub(crate) sign_in_name: String,
    pub(crate) name: String,
}

/// 授予职务.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NewGrant {
    pub(crate) role: String,
    /// `county:3`: the scope's kind and number.
    pub(crate) scope: String,
    pub(crate) label: String,
    pub(crate) valid_until: String,
}

/// 设置密码: with a one-time code, for the first administrator and for whoever was sent one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ChoosePassword {
    pub(crate) code: String,
    pub(crate) sign_in_name: String,
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) again: String,
}

/// What a one-time code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    First(FirstOffice),
    ChoosePassword(UserId),
}

/// The two offices a house begins with: one makes accounts, the other grants posts, and nobody is both (三员分立).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstOffice {
    System,
    Security,
}

impl FirstOffice {
    pub(crate) const ALL: [Self; 2] = [Self::System, Self::Security];

    pub(crate) fn role(self) -> Role {
        match self {
            Self::System => Role::SystemAdministrator,
            Self::Security => Role::SecurityAdministrator,
        }
    }
}

/// A code of the very first start, and the office it is for in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstCode {
    pub office: &'static str,
    pub code: String,
}

impl Grant {
    /// In force on `today`.
    pub(crate) fn is_in_force(&self, today: Date) -> bool {
        self.valid_from <= today && self.valid_until.is_none_or(|it| today <= it)
    }
}
