//! The nouns: a dated record, and its form.

use jiff::civil::Date;
use kernel::{Place, id};
use serde::Deserialize;

id!(RecordId);

/// One dated record of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: RecordId,
    /// Where it lies; community 0 for a record of a whole street or enterprise.
    pub(crate) place: Place,
    /// The register's code, see `kinds`.
    pub(crate) kind: String,
    pub(crate) class: String,
    pub(crate) status: String,
    pub(crate) title: String,
    pub(crate) happened_on: Date,
    pub(crate) ends_on: Option<Date>,
    pub(crate) part: Option<i64>,
    pub(crate) whole: Option<i64>,
    pub(crate) evidence: String,
    /// 作废: why it counts for nothing any more.
    pub(crate) void_reason: Option<String>,
    pub(crate) version: i64,
}

/// 登记一条记录: as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RecordForm {
    pub(crate) kind: String,
    pub(crate) class: String,
    pub(crate) status: String,
    pub(crate) title: String,
    pub(crate) happened_on: String,
    pub(crate) ends_on: String,
    pub(crate) part: String,
    pub(crate) whole: String,
    pub(crate) evidence: String,
    /// The enterprise's name, for kinds that name one.
    pub(crate) enterprise: String,
    /// The version the form was filled from; empty for a new record.
    pub(crate) version: String,
}

/// 作废.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct VoidForm {
    pub(crate) reason: String,
}
