//! What happened to a system, for the audit log: never its key.

use ::store::Event;
use serde::Serialize;

use super::types::SystemId;

macro_rules! system_event {
    ($name:ident, $event:literal) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) system: SystemId,
            pub(crate) name: String,
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.system.into()
            }

            fn url(&self) -> String {
                "/tickets/systems".to_owned()
            }
        }
    };
}

system_event!(SystemRegistered, "tickets.system_registered");
system_event!(SystemEnded, "tickets.system_ended");
