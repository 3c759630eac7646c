//! The nouns: a rule, and a warning it raised.

use jiff::Timestamp;
use kernel::{Place, id};
use serde::Deserialize;

use crate::{cases::types::Body, profiles::types::Span};

id!(WarningId);

/// One rule of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) react: Reactor,
    pub(crate) within: Span,
}

/// What a rule looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    DueSoon { hours: i64 },
    Overdue,
    RepeatReporter { times: i64, days: i64 },
    SamePlace { times: i64, days: i64 },
    ManyAnonymous { times: i64, days: i64 },
    SuddenRise { times: i64, weeks: i64, once_in: i64 },
}

impl Kind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::DueSoon { .. } => "due_soon",
            Self::Overdue => "overdue",
            Self::RepeatReporter { .. } => "repeat_reporter",
            Self::SamePlace { .. } => "same_place",
            Self::ManyAnonymous { .. } => "many_anonymous",
            Self::SuddenRise { .. } => "sudden_rise",
        }
    }
}

/// Whose reaction it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reactor {
    Neighborhood,
    Subdistrict,
    County,
}

impl Reactor {
    pub(crate) fn body(self, place: &Place) -> Option<Body> {
        let tenant = kernel::Tenant::from_number(u16::try_from(place.tenant).ok()?);
        Some(match self {
            Self::Neighborhood => Body::Neighborhood(place.neighborhood),
            Self::Subdistrict => Body::Subdistrict(place.subdistrict),
            Self::County => Body::County(tenant),
        })
    }
}

/// What a look found, before it is a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) community: i64,
    pub(crate) subject: String,
    /// The case to look at first; 0: none.
    pub(crate) ticket: i64,
    pub(crate) words: String,
}

/// 预警.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warning {
    pub(crate) id: WarningId,
    pub(crate) place: Place,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) ticket: i64,
    pub(crate) words: String,
    pub(crate) raised_at: Timestamp,
    pub(crate) react_by: Timestamp,
    pub(crate) reactor: Body,
    pub(crate) reaction: Option<String>,
    pub(crate) reacted_at: Option<Timestamp>,
    pub(crate) version: i64,
}

/// 回应 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReactionForm {
    pub(crate) reaction: String,
}
