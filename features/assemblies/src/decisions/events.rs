//! What happened to decisions, for the audit log.

use ::store::Event;
use jiff::Timestamp;
use serde::Serialize;

use super::types::DecisionId;
use crate::rolls::types::RollId;

macro_rules! decision_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) decision: DecisionId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.decision.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/decisions/{}", self.decision)
            }
        }
    };
}
pub(crate) use decision_event;

decision_event!(DecisionDrafted, "assemblies.drafted", { items: usize });
decision_event!(DecisionEdited, "assemblies.edited", { items: usize });
decision_event!(ReviewAsked, "assemblies.review_asked", {});
decision_event!(Reviewed, "assemblies.reviewed", { body: &'static str, opinion: &'static str });
decision_event!(Noticed, "assemblies.noticed", { roll: RollId, opens_at: Timestamp, closes_at: Timestamp });
decision_event!(OwnersTexted, "assemblies.owners_texted", { texts: usize });
decision_event!(Extended, "assemblies.extended", { closes_at: Timestamp, reason: String });
decision_event!(BoxesSealed, "assemblies.sealed", { sheets: usize });
decision_event!(Cancelled, "assemblies.cancelled", {});
decision_event!(Reported, "assemblies.reported", {});

/// A county chose whose rule says what comes before a vote.
#[derive(Debug, Serialize)]
pub(crate) struct ReviewsChosen {
    pub(crate) county: i64,
    pub(crate) pack: String,
}

impl Event for ReviewsChosen {
    const NAME: &'static str = "assemblies.reviews_chosen";

    fn subject(&self) -> i64 {
        self.county
    }

    fn url(&self) -> String {
        "/assemblies/reviews".to_owned()
    }
}
