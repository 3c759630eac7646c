//! What happened to a campaign, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::CampaignId;

macro_rules! campaign_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) campaign: CampaignId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.campaign.into()
            }

            fn url(&self) -> String {
                format!("/campaigns/{}", self.campaign)
            }
        }
    };
}

campaign_event!(CampaignOpened, "campaigns.opened", { pack: String, revision: String, changed: bool });
campaign_event!(CampaignWithdrawn, "campaigns.withdrawn", { reason: String });
campaign_event!(PeriodExtended, "campaigns.period_extended", { period: String, ends_on: String });
campaign_event!(NoticeSigned, "campaigns.notice_signed", { tenant: u16, street: String });
campaign_event!(AboutChanged, "campaigns.about_changed", { linked: String });
