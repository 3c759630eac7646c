//! What happened to a matter, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::MatterId;
use crate::cases::types::TicketId;

#[derive(Debug, Serialize)]
pub(crate) struct MatterDecided {
    pub(crate) matter: MatterId,
    pub(crate) ticket: TicketId,
    pub(crate) meeting: &'static str,
    pub(crate) outcome: &'static str,
}

impl Event for MatterDecided {
    const NAME: &'static str = "tickets.matter_decided";

    fn subject(&self) -> i64 {
        self.ticket.into()
    }

    fn url(&self) -> String {
        format!("/tickets/{}", self.ticket)
    }
}
