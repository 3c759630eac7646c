//! The nouns: a step of the execution, and its forms.

use jiff::civil::Date;
use serde::Deserialize;

/// 执行事项.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Execution {
    pub(crate) n: i64,
    pub(crate) what: String,
    pub(crate) due_on: Date,
    pub(crate) done: Option<(Date, String)>,
    pub(crate) version: i64,
}

/// 增加一项.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Planning {
    pub(crate) what: String,
    pub(crate) due_on: String,
}

/// 办结一项.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Finishing {
    pub(crate) n: String,
    pub(crate) done_on: String,
    pub(crate) words: String,
}
