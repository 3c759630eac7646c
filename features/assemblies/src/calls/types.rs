//! The nouns: a call, an owner's offer, and the forms.

use jiff::{Timestamp, civil::Date};
use kernel::{Place, UserId, id};
use serde::{Deserialize, Serialize};

use crate::{committees::types::Origin, vettings::types::CandidateId};

id!(CallId);
id!(OfferId);

/// 候选人征集.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) id: CallId,
    pub(crate) place: Place,
    pub(crate) seats: i64,
    pub(crate) opens_on: Date,
    /// The last day an owner may put oneself forward.
    pub(crate) closes_on: Date,
    pub(crate) words: String,
    pub(crate) announced: Option<Announced>,
    pub(crate) version: i64,
}

/// 候选人公告: from when until when, and who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announced {
    pub(crate) on: Date,
    pub(crate) until: Date,
    pub(crate) names: Vec<String>,
}

/// 自荐.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) id: OfferId,
    pub(crate) call: CallId,
    pub(crate) person: UserId,
    pub(crate) told: Told,
    pub(crate) offered_at: Timestamp,
    pub(crate) answer: Option<Answer>,
    pub(crate) version: i64,
}

/// What an owner says of oneself; sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) name: String,
    pub(crate) party: bool,
    /// Year; 0: not told.
    pub(crate) born: i64,
    pub(crate) origin: Origin,
    pub(crate) words: String,
    /// The version of the county's list whose conditions were confirmed.
    pub(crate) checklist: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// 列入联审.
    Taken(CandidateId),
    Declined(String),
}

/// 发布征集.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Calling {
    pub(crate) seats: String,
    pub(crate) closes_on: String,
    pub(crate) words: String,
}

/// 自荐 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Offering {
    pub(crate) name: String,
    pub(crate) party: String,
    pub(crate) born: String,
    pub(crate) origin: String,
    pub(crate) words: String,
    pub(crate) condition: Vec<String>,
}

/// 列入联审, or not with a reason.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AnsweringOffer {
    /// `yes`: 列入.
    pub(crate) take: String,
    pub(crate) reason: String,
    /// Whose page a refusal is told on.
    pub(crate) community: String,
}
