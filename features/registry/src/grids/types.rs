//! The noun: a grid of a neighborhood.

use jiff::civil::Date;
use kernel::{Tenant, id};
use serde::Deserialize;

use crate::divisions::DivisionId;

id!(GridId);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) id: GridId,
    pub(crate) tenant: Tenant,
    pub(crate) neighborhood: DivisionId,
    pub(crate) code: String,
    pub(crate) name: String,
    /// Which communities and buildings, in words.
    pub(crate) covers: String,
    pub(crate) ended_on: Option<Date>,
    pub(crate) version: i64,
}

/// What is typed of a grid.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct GridForm {
    pub(crate) grid: String,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) covers: String,
    pub(crate) version: String,
    /// end, or empty.
    pub(crate) verb: String,
}
