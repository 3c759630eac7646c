//! What happened to appeals, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::AppealId;
use crate::{applications::types::ApplicationId, openings::types::CampaignId};

/// 得分已告知.
#[derive(Debug, Serialize)]
pub(crate) struct ScoresTold {
    pub(crate) campaign: CampaignId,
    pub(crate) closes_on: jiff::civil::Date,
}

/// Its words stay out of the log.
#[derive(Debug, Serialize)]
pub(crate) struct AppealRaised {
    pub(crate) appeal: AppealId,
    pub(crate) application: ApplicationId,
    pub(crate) subject: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct AppealAnswered {
    pub(crate) appeal: AppealId,
    pub(crate) application: ApplicationId,
    pub(crate) outcome: &'static str,
}

impl Event for ScoresTold {
    const NAME: &'static str = "campaigns.scores_told";

    fn subject(&self) -> i64 {
        self.campaign.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/appeals", self.campaign)
    }
}

impl Event for AppealRaised {
    const NAME: &'static str = "campaigns.appeal_raised";

    fn subject(&self) -> i64 {
        self.appeal.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/applications/{}/appeals", self.application)
    }
}

impl Event for AppealAnswered {
    const NAME: &'static str = "campaigns.appeal_answered";

    fn subject(&self) -> i64 {
        self.appeal.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/applications/{}/appeals", self.application)
    }
}
