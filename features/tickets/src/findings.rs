//! 查实与投诉统计 — what cases come to in the registers that gates, vetoes and percentiles are judged by.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod rules;
mod store;

pub(crate) use actions::confirm;
pub(crate) use policy::may_count;

use ::store::Tx;
use kernel::{Actor, Problem};

use crate::cases::types::Ticket;

/// The record a case became, if it was confirmed.
pub(crate) fn record_of(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Option<i64>, Problem> {
    Ok(store::of_ticket(tx, ticket.id)?)
}

/// What the case would be entered as, where this hat may confirm it now.
pub(crate) fn offered(actor: &Actor, ticket: &Ticket) -> Option<&'static str> {
    policy::may_confirm(actor, &ticket.place).ok().and_then(|_may| rules::finding(ticket).ok()).map(|it| it.1)
}
