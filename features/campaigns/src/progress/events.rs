//! What happened to assessments of progress, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::ProgressId;
use crate::openings::types::CampaignId;

macro_rules! progress_event {
    ($name:ident, $event:literal) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) id: ProgressId,
            pub(crate) campaign: CampaignId,
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.id.into()
            }

            fn url(&self) -> String {
                format!("/campaigns/{}/progress", self.campaign)
            }
        }
    };
}

progress_event!(ProgressAssessed, "campaigns.progress_assessed");
progress_event!(ProgressAnswered, "campaigns.progress_answered");
