//! What happened to a profile, for the audit log.

use ::store::Event;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(crate) struct ProfileConfirmed {
    /// An id of the county's, so that the row lies with it.
    pub(crate) county: i64,
    pub(crate) profile: String,
    pub(crate) document: String,
}

impl Event for ProfileConfirmed {
    const NAME: &'static str = "tickets.profile_confirmed";

    fn subject(&self) -> i64 {
        self.county
    }

    fn url(&self) -> String {
        "/tickets/profile".to_owned()
    }
}
