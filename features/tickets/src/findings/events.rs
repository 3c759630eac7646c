//! What cases became, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::cases::types::TicketId;

#[derive(Debug, Serialize)]
pub(crate) struct FindingConfirmed {
    pub(crate) ticket: TicketId,
    pub(crate) record: String,
    pub(crate) class: &'static str,
}

/// A county's complaints of twelve months, entered for every community of it.
#[derive(Debug, Serialize)]
pub(crate) struct ComplaintsCounted {
    /// The count's own id: it is about many communities.
    pub(crate) count: i64,
    pub(crate) until: String,
    pub(crate) communities: usize,
    pub(crate) complaints: i64,
}

impl Event for FindingConfirmed {
    const NAME: &'static str = "tickets.finding_confirmed";

    fn subject(&self) -> i64 {
        self.ticket.into()
    }

    fn url(&self) -> String {
        format!("/tickets/{}", self.ticket)
    }
}

impl Event for ComplaintsCounted {
    const NAME: &'static str = "tickets.complaints_counted";

    fn subject(&self) -> i64 {
        self.count
    }

    fn url(&self) -> String {
        "/registry/records?kind=complaints".to_owned()
    }
}
