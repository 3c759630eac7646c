//! What happened to an application, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::ApplicationId;

macro_rules! application_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) application: ApplicationId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.application.into()
            }

            fn url(&self) -> String {
                format!("/campaigns/applications/{}", self.application)
            }
        }
    };
}

application_event!(ApplicationBegun, "campaigns.application_begun", { channel: &'static str });
application_event!(ApplicationSaved, "campaigns.application_saved", { part: &'static str });
application_event!(ApplicationSubmitted, "campaigns.application_submitted", {});
application_event!(ApplicationGivenUp, "campaigns.application_given_up", {});
application_event!(ApplicationReviewed, "campaigns.application_reviewed", {});
application_event!(ApplicationAccepted, "campaigns.application_accepted", {});
application_event!(ApplicationReturned, "campaigns.application_returned", {});
application_event!(AnnexTaken, "campaigns.annex_taken", {});
application_event!(PaperReceived, "campaigns.paper_received", { paper_on: String });
application_event!(Recommended, "campaigns.recommended", { selection: String, decided_on: String });
application_event!(RecommendationWithdrawn, "campaigns.recommendation_withdrawn", { selection: String });
application_event!(EvidenceAttached, "campaigns.evidence_attached", { file: files::AttachmentId, digest: String });
application_event!(EvidenceTakenAway, "campaigns.evidence_taken_away", { file: files::AttachmentId });
