//! What happened to the facts a ranking rests on, for the audit log.

use ::store::Event;
use jiff::civil::Date;
use serde::Serialize;

use crate::openings::types::CampaignId;

/// 核定.
#[derive(Debug, Serialize)]
pub(crate) struct FactsSettled {
    pub(crate) campaign: CampaignId,
    pub(crate) facts_on: Date,
    /// How many candidates.
    pub(crate) candidates: usize,
    /// The one it was done anew for; empty for all that had none.
    pub(crate) application: String,
}

impl Event for FactsSettled {
    const NAME: &'static str = "campaigns.facts_settled";

    fn subject(&self) -> i64 {
        self.campaign.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/facts", self.campaign)
    }
}
