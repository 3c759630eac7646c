//! What there is to see of the meetings: the agendas, and where a case stands on them.

use ::store::Tx;
use kernel::{Problem, Scope, Tenant, beijing_date};
use registry::divisions;

use super::{
    policy, store,
    types::{Matter, MatterId, Meeting},
};
use crate::cases::{
    self, bodies, line,
    rows::{TicketLine, line_of},
    types::TicketId,
};

/// More than a meeting gets through.
const MOST: i64 = 100;

#[derive(Debug)]
pub(crate) struct MatterView {
    pub(crate) id: MatterId,
    pub(crate) version: i64,
    pub(crate) put_on: String,
    pub(crate) line: TicketLine,
    pub(crate) choices: Vec<(String, String)>,
    pub(crate) can_decide: bool,
}

#[derive(Debug)]
pub(crate) struct AgendaView {
    pub(crate) label: &'static str,
    /// Where it can be sent on to.
    pub(crate) above: Option<&'static str>,
    pub(crate) matters: Vec<MatterView>,
}

/// The counties whose agendas a scope reads.
fn counties(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Tenant>, Problem> {
    if let Some(county) = divisions::county_of(tx, scope)? {
        return Ok(vec![county]);
    }
    let mut counties = vec![];
    if let Scope::City(city) = scope {
        for number in divisions::county_names(tx, *city)?.into_keys() {
            counties.extend(u16::try_from(number).ok().map(Tenant::from_number));
        }
    }
    Ok(counties)
}

fn open(tx: &mut Tx<'_>, meeting: Meeting) -> Result<Vec<Matter>, Problem> {
    let scope = policy::visible(&tx.ctx.actor);
    let mut matters = vec![];
    for county in counties(tx, &scope)? {
        // A city reads its counties one by one: the statement asks for a place within one of them.
        let within = if matches!(scope, Scope::City(_)) { Scope::County(county) } else { scope };
        matters.extend(store::open(tx, county, meeting, &within, MOST)?);
    }
    Ok(matters)
}

/// The three agendas.
pub(crate) fn agendas(tx: &mut Tx<'_>) -> Result<Vec<AgendaView>, Problem> {
    let _seen = policy::may_list(&tx.ctx.actor)?;
    let mut agendas = vec![];
    for (meeting, _, label) in Meeting::ALL {
        let mut matters = vec![];
        for it in open(tx, meeting)? {
            let ticket = cases::store::load(tx, it.ticket)?;
            // What was solved or withdrawn meanwhile waits for no meeting.
            if !ticket.stage.is_open() {
                continue;
            }
            let can_decide = policy::may_decide(&tx.ctx.actor, &ticket.place, meeting).is_ok();
            let choices = if can_decide { bodies::choices(tx, &ticket.place)? } else { vec![] };
            matters.push(MatterView {
                id: it.id,
                version: it.version,
                put_on: beijing_date(it.put_at).to_string(),
                line: line_of(tx, ticket)?,
                choices: choices.into_iter().map(|it| (it.0, it.1)).collect(),
                can_decide,
            });
        }
        agendas.push(AgendaView { label, above: meeting.above().map(Meeting::label), matters });
    }
    Ok(agendas)
}

/// What waits for the actor's own decision: the case, the meeting, since when.
pub(crate) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<(TicketId, &'static str, jiff::Timestamp)>, Problem> {
    if policy::may_list(&tx.ctx.actor).is_err() {
        return Ok(vec![]);
    }
    let mut waiting = vec![];
    for (meeting, _, label) in Meeting::ALL {
        for it in open(tx, meeting)? {
            let ticket = cases::store::load(tx, it.ticket)?;
            if ticket.stage.is_open() && policy::may_decide(&tx.ctx.actor, &ticket.place, meeting).is_ok() {
                waiting.push((it.ticket, label, it.put_at));
            }
        }
    }
    Ok(waiting)
}

/// Where a case stands on the agendas, in a sentence each.
pub(crate) fn of_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Vec<String>, Problem> {
    let said = |it: Matter| {
        let on = beijing_date(it.put_at);
        match it.outcome {
            Some((words, at)) => format!("{on}列入{}议题，{}：{words}", it.meeting.label(), beijing_date(at)),
            None => format!("{on}列入{}议题，等待研究", it.meeting.label()),
        }
    };
    Ok(store::of_ticket(tx, id)?.into_iter().map(said).collect())
}

/// Whether a joint meeting has decided on a case.
pub(crate) fn studied(tx: &mut Tx<'_>, id: TicketId) -> Result<bool, Problem> {
    Ok(decided(&line::steps(tx, id)?))
}

/// The same by the case's line, for a matter that is put on again forgets what was decided before.
pub(crate) fn decided(steps: &[line::Kept]) -> bool {
    steps.iter().any(|it| it.step == "met" || it.step == "dispatched" && it.words.contains("研究：交"))
}
