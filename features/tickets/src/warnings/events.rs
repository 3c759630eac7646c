//! What happened to a warning, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::WarningId;

macro_rules! warning_event {
    ($name:ident, $event:literal) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) warning: WarningId,
            pub(crate) kind: String,
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.warning.into()
            }

            fn url(&self) -> String {
                "/tickets/warnings".to_owned()
            }
        }
    };
}

warning_event!(WarningRaised, "tickets.warning_raised");
warning_event!(WarningReacted, "tickets.warning_reacted");
