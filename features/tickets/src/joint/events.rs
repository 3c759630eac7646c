//! What happened to a part of a case, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::cases::types::TicketId;

#[derive(Debug, Serialize)]
pub(crate) struct JointChanged {
    pub(crate) ticket: TicketId,
    pub(crate) n: i64,
    pub(crate) step: &'static str,
}

impl Event for JointChanged {
    const NAME: &'static str = "tickets.joint_changed";

    fn subject(&self) -> i64 {
        self.ticket.into()
    }

    fn url(&self) -> String {
        format!("/tickets/{}", self.ticket)
    }
}
