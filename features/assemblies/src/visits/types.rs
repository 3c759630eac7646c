//! The noun: one visit at a unit's door.

use jiff::Timestamp;
use kernel::{UserId, id};
use serde::Deserialize;

id!(VisitId);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visit {
    pub(crate) id: VisitId,
    pub(crate) unit: String,
    /// A word said at the door, by its code.
    pub(crate) what: String,
    pub(crate) note: String,
    pub(crate) person: UserId,
    pub(crate) at: Timestamp,
}

/// What is typed after a visit.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Visiting {
    pub(crate) unit: String,
    pub(crate) what: String,
    pub(crate) note: String,
}
