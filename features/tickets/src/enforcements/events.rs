//! What happened to the list, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::EnforcementId;

macro_rules! list_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) enforcement: EnforcementId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.enforcement.into()
            }

            fn url(&self) -> String {
                "/tickets/enforcements".to_owned()
            }
        }
    };
}

list_event!(EnforcementListed, "tickets.enforcement_listed", { title: String });
list_event!(EnforcementEnded, "tickets.enforcement_ended", { reason: String });
