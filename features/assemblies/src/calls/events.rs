//! What happened to a call, for the audit log: nobody's name.

use ::store::Event;
use serde::Serialize;

use super::types::{CallId, OfferId};

macro_rules! call_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) call: CallId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.call.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/calls/{}", self.call)
            }
        }
    };
}

call_event!(CandidatesCalled, "assemblies.candidates_called", {});
call_event!(Offered, "assemblies.offered", { offer: OfferId });
call_event!(OfferAnswered, "assemblies.offer_answered", { offer: OfferId, taken: bool });
call_event!(CandidatesAnnounced, "assemblies.candidates_announced", { how_many: usize });
