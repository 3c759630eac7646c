//! What happened to a case, for the audit log: ids and codes, never what somebody wrote.

use ::store::Event;
use serde::Serialize;

use super::types::TicketId;

/// A step of a case. The step's code says which; its words lie with the case.
#[derive(Debug, Serialize)]
pub(crate) struct Stepped {
    pub(crate) ticket: TicketId,
    pub(crate) step: &'static str,
    pub(crate) level: i64,
    pub(crate) round: i64,
    /// The reporter did it, by the code.
    pub(crate) by_reporter: bool,
}

/// A case that came in.
#[derive(Debug, Serialize)]
pub(crate) struct Filed {
    pub(crate) ticket: TicketId,
    pub(crate) channel: &'static str,
    /// Staff filed it for a resident.
    pub(crate) for_somebody: bool,
}

/// Where somebody is led who sends the same once more: whoever has no account, to the page that asks for the code.
fn page_of(ticket: TicketId, by_reporter: bool) -> String {
    if by_reporter { "/tickets/track".to_owned() } else { format!("/tickets/{ticket}") }
}

impl Event for Stepped {
    const NAME: &'static str = "tickets.stepped";

    fn subject(&self) -> i64 {
        self.ticket.into()
    }

    fn url(&self) -> String {
        page_of(self.ticket, self.by_reporter)
    }
}

impl Event for Filed {
    const NAME: &'static str = "tickets.filed";

    fn subject(&self) -> i64 {
        self.ticket.into()
    }

    fn url(&self) -> String {
        page_of(self.ticket, !self.for_somebody)
    }
}

/// 查看了完整联系方式: by whom is the log's own; what was seen stays out of it.
#[derive(Debug, Serialize)]
pub(crate) struct ContactRevealed {
    pub(crate) ticket: TicketId,
}

impl Event for ContactRevealed {
    const NAME: &'static str = "tickets.contact_revealed";

    fn subject(&self) -> i64 {
        self.ticket.into()
    }

    fn url(&self) -> String {
        format!("/tickets/{}", self.ticket)
    }
}
