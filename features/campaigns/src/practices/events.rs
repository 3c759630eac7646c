//! What happened to articles and records of publicity, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::{PracticeId, PublicationId};
use crate::openings::types::CampaignId;

macro_rules! practice_event {
    ($name:ident, $event:literal, $id:ty, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) id: $id,
            pub(crate) campaign: CampaignId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.id.into()
            }

            fn url(&self) -> String {
                format!("/campaigns/{}/practices", self.campaign)
            }
        }
    };
}

practice_event!(PracticeSubmitted, "campaigns.practice_submitted", PracticeId, {});
practice_event!(PracticePublished, "campaigns.practice_published", PracticeId, {});
practice_event!(PracticeReturned, "campaigns.practice_returned", PracticeId, { reason: String });
practice_event!(PublicityRecorded, "campaigns.publicity_recorded", PublicationId, { channel: &'static str });
practice_event!(PublicityVoided, "campaigns.publicity_voided", PublicationId, { reason: String });
