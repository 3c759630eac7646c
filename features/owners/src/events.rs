//! What happened to letters and homes, for the audit log. No name, no phone, no code.

use ::store::Event;
use kernel::UserId;
use serde::Serialize;

use crate::types::{HomeId, LetterId};

#[derive(Debug, Serialize)]
pub(crate) struct LettersPrinted {
    pub(crate) community: i64,
    pub(crate) units: Vec<String>,
    pub(crate) letters: Vec<LetterId>,
}

impl Event for LettersPrinted {
    const NAME: &'static str = "owners.letters_printed";

    fn subject(&self) -> i64 {
        self.community
    }

    fn url(&self) -> String {
        format!("/owners/letters/{}", self.community)
    }
}

macro_rules! owner_event {
    ($name:ident, $event:literal, $id:ty, { $($field:ident: $kind:ty),* }, $url:expr) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) id: $id,
            pub(crate) community: i64,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.id.into()
            }

            fn url(&self) -> String {
                let at: fn(i64) -> String = $url;
                at(self.community)
            }
        }
    };
}

fn desk(community: i64) -> String {
    format!("/owners/letters/{community}")
}

owner_event!(LetterHanded, "owners.letter_handed", LetterId, { handed_on: String }, desk);
owner_event!(LetterVoided, "owners.letter_voided", LetterId, { reason: String }, desk);
owner_event!(HomeBound, "owners.home_bound", HomeId, { person: UserId, letter: LetterId }, |_| "/owners".to_owned());
owner_event!(HomeEnded, "owners.home_ended", HomeId, { reason: String }, desk);

/// A code came back from a phone.
#[derive(Debug, Serialize)]
pub(crate) struct PhoneVerified {
    pub(crate) person: UserId,
}

impl Event for PhoneVerified {
    const NAME: &'static str = "owners.phone_verified";

    fn subject(&self) -> i64 {
        self.person.into()
    }

    fn url(&self) -> String {
        "/owners".to_owned()
    }
}
