//! What happened to an address, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::CallbackId;

macro_rules! callback_event {
    ($name:ident, $event:literal) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) callback: CallbackId,
            /// Host and port: what a second person has looked at.
            pub(crate) place: String,
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.callback.into()
            }

            fn url(&self) -> String {
                "/tickets/callbacks".to_owned()
            }
        }
    };
}

callback_event!(CallbackProposed, "tickets.callback_proposed");
callback_event!(CallbackListed, "tickets.callback_listed");
callback_event!(CallbackEnded, "tickets.callback_ended");
