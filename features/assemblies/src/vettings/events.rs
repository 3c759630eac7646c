//! What happened to candidates, for the audit log: no name, no reason.

use ::store::Event;
use serde::Serialize;

use super::types::CandidateId;

macro_rules! candidate_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) candidate: CandidateId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.candidate.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/candidates/{}", self.candidate)
            }
        }
    };
}

candidate_event!(Nominated, "assemblies.nominated", {});
candidate_event!(OpinionRecorded, "assemblies.opinion_recorded", { body: String });
candidate_event!(VettingConcluded, "assemblies.vetting_concluded", { stage: &'static str });
