//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{
    events::MatterDecided,
    policy, rules, store,
    types::{Deciding, Decision, MatterId, Meeting},
};
use crate::{
    callbacks,
    cases::{
        self, bodies, line, notices,
        types::{Ticket, TicketId},
    },
};

/// 列入议题, within the unit of work that finds nobody below can help; whoever convenes the meeting hears of it. What waits for a meeting
/// already, be it a higher one, waits there.
pub(crate) fn put_on(tx: &mut Tx<'_>, ticket: &Ticket, meeting: Meeting) -> Result<(), Problem> {
    if store::waits(tx, ticket.id)? {
        return Ok(());
    }
    if store::add(tx, ticket, meeting)? {
        notices::put_on_agenda(tx, ticket, meeting)?;
    }
    Ok(())
}

/// 登记会议决定.
pub(crate) fn decide(
    tx: &mut Tx<'_>,
    id: MatterId,
    form: &Deciding,
) -> Result<(TicketId, Recorded), Problem> {
    let matter = store::load(tx, id)?;
    let ticket = cases::store::load(tx, matter.ticket)?;
    let permit = policy::may_decide(&tx.ctx.actor, &ticket.place, matter.meeting)?;
    if form.version != matter.version.to_string() {
        return Err(Problem::Conflict);
    }
    let choices = bodies::choices(tx, &ticket.place)?;
    let (decision, said) = rules::decide(&matter, &ticket, form, &choices, tx.ctx.today())?;
    let by = bodies::own_name(tx)?;
    let (ticket, step) = rules::after(ticket, matter.meeting.label(), &decision, &said);
    store::decide(tx, &matter, decision.code(), &step.words)?;
    if !matches!(decision, Decision::Raised(_)) {
        cases::store::save(tx, &ticket)?;
    }
    if let Decision::Raised(above) = decision {
        put_on(tx, &ticket, above)?;
    }
    line::add_step(tx, ticket.id, &by, &step)?;
    callbacks::tell(tx, &ticket, &step)?;
    notices::stepped(tx, &ticket, &step)?;
    let (meeting, outcome) = (matter.meeting.code(), decision.code());
    Ok((ticket.id, tx.record(permit, &MatterDecided { matter: id, ticket: ticket.id, meeting, outcome })?))
}
