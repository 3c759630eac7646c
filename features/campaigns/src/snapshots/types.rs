//! The nouns: what the registers said of a candidate on a day.

use ::rules::Facts;
use jiff::{Timestamp, civil::Date};
use kernel::UserId;
use serde::Deserialize;

use crate::applications::types::ApplicationId;

/// One version; the newest counts, the others stay to be read by audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) application: ApplicationId,
    /// From 1.
    pub(crate) version: i64,
    pub(crate) facts_on: Date,
    pub(crate) facts: Facts,
    /// Why it was taken anew; empty for the first.
    pub(crate) reason: String,
    pub(crate) person: UserId,
    pub(crate) at: Timestamp,
}

/// 核定 as typed: for everybody who has none yet, or for one anew.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Settling {
    /// An application's number, or nothing for all that are not settled yet.
    pub(crate) application: String,
    pub(crate) facts_on: String,
    pub(crate) reason: String,
}
