//! The noun: a department of a county.

use jiff::civil::Date;
use kernel::{Tenant, id};
use serde::Deserialize;

id!(DepartmentId);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    pub id: DepartmentId,
    pub tenant: Tenant,
    pub city: i64,
    pub name: String,
    /// 撤销 on this day; what it did keeps its name.
    pub ended_on: Option<Date>,
    pub version: i64,
}

/// What is typed of a department.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DepartmentForm {
    pub(crate) name: String,
    pub(crate) department: String,
    pub(crate) version: String,
    /// end, or empty for a new name.
    pub(crate) verb: String,
    /// What it is ended by.
    pub(crate) document: String,
}
