//! What happened to a county's plan, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::openings::types::CampaignId;

macro_rules! plan_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) campaign: CampaignId,
            pub(crate) tenant: i64,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.campaign.into()
            }

            fn url(&self) -> String {
                format!("/campaigns/{}/plan", self.campaign)
            }
        }
    };
}

plan_event!(PlanDeclared, "campaigns.plan_declared", { selection: String, mode: &'static str, places: i64, reason: String });
plan_event!(CandidateTakenUp, "campaigns.candidate_taken_up", { community: String });
plan_event!(CandidateDropped, "campaigns.candidate_dropped", { community: String });
