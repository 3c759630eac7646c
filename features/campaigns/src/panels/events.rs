//! What happened to a panel, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::openings::types::CampaignId;

/// 确定测评组.
#[derive(Debug, Serialize)]
pub(crate) struct PanelNamed {
    pub(crate) campaign: CampaignId,
    /// `city` for the owner's, `county` for a county's own scoring.
    pub(crate) level: &'static str,
    /// Person and kind.
    pub(crate) members: Vec<(String, &'static str)>,
}

impl Event for PanelNamed {
    const NAME: &'static str = "campaigns.panel_named";

    fn subject(&self) -> i64 {
        self.campaign.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/panel", self.campaign)
    }
}
