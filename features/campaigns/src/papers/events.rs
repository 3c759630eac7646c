//! What came on paper, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::{applications::types::ApplicationId, openings::types::CampaignId};

/// A county's 附件4, entered as a whole.
#[derive(Debug, Serialize)]
pub(crate) struct PapersEntered {
    pub(crate) campaign: CampaignId,
    pub(crate) tenant: u16,
    pub(crate) applications: Vec<ApplicationId>,
    /// SHA-256 of the file.
    pub(crate) digest: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct AnnexRead {
    pub(crate) application: ApplicationId,
    pub(crate) digest: String,
}

impl Event for PapersEntered {
    const NAME: &'static str = "campaigns.papers_entered";

    fn subject(&self) -> i64 {
        self.campaign.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/papers", self.campaign)
    }
}

impl Event for AnnexRead {
    const NAME: &'static str = "campaigns.annex_read";

    fn subject(&self) -> i64 {
        self.application.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/applications/{}", self.application)
    }
}
