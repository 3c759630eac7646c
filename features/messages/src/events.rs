//! What people change about how they are told, for the audit log: never a number.

use ::store::Event;
use kernel::UserId;
use serde::Serialize;

macro_rules! own_event {
    ($name:ident, $event:literal) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) person: UserId,
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.person.into()
            }

            fn url(&self) -> String {
                "/messages/settings".to_owned()
            }
        }
    };
}

own_event!(PhoneSet, "messages.phone_set");
own_event!(PhoneDropped, "messages.phone_dropped");
own_event!(FeedMade, "messages.feed_made");
own_event!(FeedEnded, "messages.feed_ended");
