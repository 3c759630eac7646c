//! Every way a request can fail, once.

use std::borrow::Cow;

use crate::Denied;

#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("没有找到这条记录，它可能已被移走，或者您当前的身份看不到它")]
    NotFound,
    /// Nobody is signed in.
    #[error("请先登录")]
    SignIn,
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The form can be corrected: each error names its field.
    #[error("填写有误，请按提示修改")]
    Invalid(Vec<FieldError>),
    /// The form is fine and the rule still says no.
    #[error("{message}")]
    Refused { code: &'static str, message: String },
    /// Somebody else saved this record first; nothing was overwritten.
    #[error("在您填写期间，这条记录已被他人修改。请核对最新内容后再保存")]
    Conflict,
    /// The same key once more: the first request's effect stands, and this is where it led.
    #[error("这次提交已经办理过，没有重复办理")]
    AlreadyDone { url: String },
    /// The store cannot take more just now; reads go on.
    #[error("系统暂时无法保存，请稍后再试；已填写的内容没有丢失")]
    Busy(#[source] anyhow::Error),
    /// Our fault. The cause is logged, never shown.
    #[error("系统出错，请稍后再试")]
    Broken(#[source] anyhow::Error),
}

/// What is wrong with one field of a form, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    /// The name it has in the form; a form made from data has names that are made too.
    pub field: Cow<'static, str>,
    pub message: String,
}

impl FieldError {
    #[must_use]
    pub fn new(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A rule's "no". Each room lists its own in one enum.
pub trait Refusal: std::fmt::Display {
    /// Stable machine name, `room.reason`; clients may match on it.
    fn code(&self) -> &'static str;
}

impl<R: Refusal> From<R> for Problem {
    fn from(refusal: R) -> Self {
        Self::Refused { code: refusal.code(), message: refusal.to_string() }
    }
}

impl Problem {
    /// With each field's own sentence: for whoever sees no form.
    #[must_use]
    pub fn in_full(&self) -> String {
        match self {
            Self::Invalid(errors) => {
                let said: Vec<&str> = errors.iter().map(|it| it.message.as_str()).collect();
                format!("{self}：{}", said.join("；"))
            }
            other => other.to_string(),
        }
    }

    /// The machine name that JSON answers and the security log carry.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::SignIn => "sign_in",
            Self::Denied(denied) => denied.name,
            Self::Invalid(_) => "invalid",
            Self::Refused { code, .. } => code,
            Self::Conflict => "conflict",
            Self::AlreadyDone { .. } => "already_done",
            Self::Busy(_) => "busy",
            Self::Broken(_) => "broken",
        }
    }
}
