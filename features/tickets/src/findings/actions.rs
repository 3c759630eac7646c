//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Problem, Scope};
use registry::{communities, records};

use super::{
    events::{ComplaintsCounted, FindingConfirmed},
    policy,
    rules::{self, FindingRefusal},
    store,
};
use crate::{
    callbacks,
    cases::{self, actions, bodies, forms::Handling, line, types::TicketId},
    reporting::number_of,
};

/// 查实 — looked into and so: it goes into the register, where the community's gates and vetoes find it, with the case it
/// came from.
pub(crate) fn confirm(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> actions::Done {
    let ticket = cases::store::load(tx, id)?;
    let permit = policy::may_confirm(&tx.ctx.actor, &ticket.place)?;
    let (class, title) = rules::finding(&ticket)?;
    if store::of_ticket(tx, id)?.is_some() {
        return Err(FindingRefusal::AlreadyConfirmed.into());
    }
    actions::current(&ticket, form)?;
    let words = cases::rules::words(&form.words)?;
    let (status, left) = rules::status(&form.status)?;
    let community = communities::load(tx, ticket.place.community.into())?;
    let county = communities::shown(tx, community.clone())?.county;
    let (by, on) = (bodies::own_name(tx)?, tx.ctx.today());
    let filed = kernel::beijing_date(ticket.filed_at);
    let source = format!("诉求 {}（{filed}反映），{by}查实：{words}", number_of(&county, ticket.number));
    let record = records::enter_finding(tx, &community, (class, status), title, on, &source)?;
    store::add(tx, id, record)?;
    // What was found names places and people: the reporter hears that it was so, the rest is for those who work on it.
    let detail = cases::rules::step("confirmed", format!("查实：{words}（{left}）"), false);
    line::add_step(tx, id, &by, &detail)?;
    let step = cases::rules::step("confirmed", format!("已查实（{left}）"), true);
    line::add_step(tx, id, &by, &step)?;
    callbacks::tell(tx, &ticket, &step)?;
    let confirmed = FindingConfirmed { ticket: id, record: record.to_string(), class };
    Ok(((), tx.record(permit, &confirmed)?))
}

/// 汇总投诉 — how many complaints every community of the county had in twelve months, those that had none too.
pub(crate) fn count(tx: &mut Tx<'_>, until: &str) -> Result<(usize, Recorded), Problem> {
    let permit = policy::may_count(&tx.ctx.actor)?;
    let Scope::County(tenant) = tx.ctx.actor.hat.scope else { return Err(Problem::NotFound) };
    let (after, until) = rules::period(until, tx.ctx.today())?;
    let counted = store::complaints(tx, tenant, (after, until))?;
    let source = format!("由诉求系统汇总：{after}之后至{until}受理的投诉，不含不予受理、转办、撤回和并案");
    let communities = records::enter_complaints(tx, tenant, "近12个月", until, &source, &counted)?;
    if communities == 0 {
        return Err(FindingRefusal::AlreadyCounted.into());
    }
    let (count, complaints) = (tx.ctx.new_id(tenant), counted.values().sum());
    let count = ComplaintsCounted { count, until: until.to_string(), communities, complaints };
    Ok((communities, tx.record(permit, &count)?))
}
