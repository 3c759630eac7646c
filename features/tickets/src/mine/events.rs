//! What happened, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::cases::types::TicketId;

/// Somebody put a case they hold the code of into their list.
#[derive(Debug, Serialize)]
pub(crate) struct Kept {
    pub(crate) ticket: TicketId,
}

impl Event for Kept {
    const NAME: &'static str = "tickets.kept";

    fn subject(&self) -> i64 {
        self.ticket.into()
    }

    fn url(&self) -> String {
        "/tickets/mine".to_owned()
    }
}
