//! The notice a pack comes from: who issued it, what it rests on, and what it says about the whole campaign.

use jiff::civil::Date;
use toml::Spanned;

use crate::{pack::At, raw::RawDocument};

/// Where the pack comes from.
#[derive(Debug, Clone)]
pub struct Document {
    pub issuer: String,
    pub number: Option<String>,
    pub date: String,
    pub title: String,
    /// The superior documents it carries out, nearest first (LA-002, BJ-002).
    pub cites: Vec<String>,
    pub goal_on: Option<Date>,
    pub addressees: Vec<String>,
    /// Who takes part or answers for what, as the notice names them (LA-008, BJ-006).
    pub parties: Vec<String>,
    /// How it wants the work done (LA-009, BJ-004).
    pub principles: Vec<String>,
    /// What a community so honoured is like: printed on the award, never scored (LA-004).
    pub qualities: Vec<String>,
}

pub(crate) fn read(raw: RawDocument, at: &mut At<'_>) -> Document {
    let goal_on = raw.goal_on.as_ref().and_then(|it| at.date(it));
    at.date(&raw.date);
    Document {
        issuer: raw.issuer,
        number: raw.number.map(Spanned::into_inner),
        date: raw.date.into_inner(),
        title: raw.title,
        cites: raw.cites,
        goal_on,
        addressees: raw.addressees,
        parties: raw.parties,
        principles: raw.principles,
        qualities: raw.qualities,
    }
}
