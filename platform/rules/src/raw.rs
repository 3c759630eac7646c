//! The shape of a pack's files as they are written, before anything is believed.

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPack {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) revision: String,
    /// The folder of the pack this one refines, beside it.
    #[expect(dead_code, reason = "the reader of the folder follows it; here it is only allowed to stand")]
    pub(crate) refines: Option<String>,
    /// What is selected: `community`, `enterprise`, `service_project`, `committee` or `person`.
    pub(crate) selects: Option<Spanned<String>>,
    pub(crate) document: Option<RawDocument>,
    /// Decimals a total is shown with.
    pub(crate) decimals: Option<u32>,
    #[serde(default)]
    pub(crate) parameters: Vec<RawParameter>,
    #[serde(default)]
    pub(crate) periods: Vec<RawPeriod>,
    #[serde(default)]
    pub(crate) selections: Vec<RawSelection>,
    #[serde(default)]
    pub(crate) forms: Vec<RawForm>,
    /// A title won earlier that shuts an applicant out (LA-015).
    pub(crate) never_held: Option<RawNeverHeld>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNeverHeld {
    pub(crate) title: String,
    pub(crate) fact: Spanned<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDocument {
    pub(crate) issuer: String,
    pub(crate) number: Option<Spanned<String>>,
    pub(crate) date: Spanned<String>,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) cites: Vec<String>,
    pub(crate) goal_on: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) addressees: Vec<String>,
    #[serde(default)]
    pub(crate) parties: Vec<String>,
    #[serde(default)]
    pub(crate) principles: Vec<String>,
    #[serde(default)]
    pub(crate) qualities: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawParameter {
    pub(crate) name: Spanned<String>,
    pub(crate) value: Spanned<String>,
    pub(crate) says: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPeriod {
    pub(crate) code: Spanned<String>,
    pub(crate) title: String,
    pub(crate) from: Option<Spanned<String>>,
    pub(crate) to: Option<Spanned<String>>,
    /// `county`, `city`, …: who must be done by then.
    pub(crate) by: Option<String>,
    #[serde(default)]
    pub(crate) unconfirmed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSelection {
    pub(crate) code: Spanned<String>,
    pub(crate) title: String,
    pub(crate) from: Option<Spanned<String>>,
    pub(crate) per: Spanned<String>,
    #[serde(default)]
    pub(crate) by_hand: bool,
    pub(crate) at_most: Option<Spanned<u32>>,
    pub(crate) share: Option<Spanned<String>>,
    pub(crate) rounding: Option<Spanned<String>>,
    /// What those chosen are given, for the honours register.
    #[serde(default)]
    pub(crate) honours: Vec<RawHonour>,
    #[serde(default)]
    pub(crate) at_least: u32,
    #[serde(default)]
    pub(crate) unconfirmed: bool,
    /// A county may set fewer places for itself.
    #[serde(default)]
    pub(crate) may_lower: bool,
    /// The ways a county may go about it, of which it declares one.
    #[serde(default)]
    pub(crate) modes: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHonour {
    pub(crate) title: String,
    /// `county`, `city`, `province` or `nation`.
    pub(crate) class: Spanned<String>,
    /// `awarded`, or `applied` where a higher office decides.
    pub(crate) status: Spanned<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawForm {
    pub(crate) code: String,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) parts: Vec<String>,
    /// The period by whose end every county hands it in.
    pub(crate) period: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStandard {
    pub(crate) total: Option<Spanned<toml::Value>>,
    #[serde(default)]
    pub(crate) groups: Vec<RawGroup>,
    #[serde(default)]
    pub(crate) items: Vec<RawItem>,
    #[serde(default)]
    pub(crate) gates: Vec<RawCondition>,
    #[serde(default)]
    pub(crate) vetoes: Vec<RawCondition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGroup {
    pub(crate) code: Spanned<String>,
    pub(crate) title: String,
    /// Per cent of the total, where the document prints weights and no points.
    pub(crate) weight: Option<Spanned<toml::Value>>,
    /// The sum of its items' points as the document prints it.
    pub(crate) sum: Option<Spanned<toml::Value>>,
    #[serde(default)]
    pub(crate) bonus: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawItem {
    pub(crate) code: Spanned<String>,
    pub(crate) points: Option<Spanned<toml::Value>>,
    /// Its part of the group's weight against its neighbours' parts; 1 where the document is silent.
    pub(crate) part: Option<Spanned<toml::Value>>,
    pub(crate) says: Option<String>,
    #[serde(default)]
    pub(crate) evidence: Vec<String>,
    pub(crate) when: Option<String>,
    pub(crate) any: Option<Vec<String>>,
    pub(crate) all: Option<Vec<String>>,
    pub(crate) otherwise: Option<toml::Value>,
    pub(crate) bands: Option<RawBands>,
    pub(crate) deduct: Option<RawDeduct>,
    pub(crate) applies_when: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBands {
    pub(crate) fact: String,
    pub(crate) steps: Vec<RawBand>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBand {
    pub(crate) at_least: toml::Value,
    pub(crate) points: toml::Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDeduct {
    pub(crate) fact: String,
    pub(crate) each: toml::Value,
    pub(crate) most: Option<toml::Value>,
}

/// A gate or a veto.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCondition {
    pub(crate) code: Spanned<String>,
    pub(crate) says: String,
    pub(crate) when: Option<String>,
    pub(crate) any: Option<Vec<String>>,
    /// Each of these must hold; one of them may itself be `a | b` (either will do).
    pub(crate) all: Option<Vec<String>>,
}
