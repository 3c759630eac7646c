//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{
    events::JointChanged,
    policy, rules, store,
    types::{Asking, Closing, Outcome, Part},
};
use crate::cases::{
    self, bodies, line, notices,
    rules::step,
    types::{Body, Ticket, TicketId},
};

/// 请协办: the unit hears of it; the handler keeps the case.
pub(crate) fn ask(tx: &mut Tx<'_>, id: TicketId, form: &Asking) -> Result<((), Recorded), Problem> {
    let ticket = cases::store::load(tx, id)?;
    let permit = policy::may_ask(&tx.ctx.actor, &ticket.place)?;
    let known = store::of_ticket(tx, id)?;
    let choices = bodies::choices(tx, &ticket.place)?;
    let (body, named, task, due_on) = rules::ask(&ticket, &known, form, &choices, tx.ctx.today())?;
    let n = known.last().map_or(1, |it| it.n + 1);
    let part = Part { ticket: id, n, body, named, task, due_on, outcome: Outcome::Open, version: 1 };
    store::add(tx, &part)?;
    let by = bodies::own_name(tx)?;
    let said = format!("请{}协办（{due_on}前反馈）：{}", part.named, part.task);
    line::add_step(tx, id, &by, &step("joint_asked", said, true))?;
    if let Some(body) = body {
        notices::joint(tx, &ticket, &[body], &format!("joint:{n}"), "请协办")?;
    }
    Ok(((), tx.record(permit, &JointChanged { ticket: id, n, step: "asked" })?))
}

/// 反馈, 退回, 撤销协办.
pub(crate) fn close(tx: &mut Tx<'_>, id: TicketId, form: &Closing) -> Result<((), Recorded), Problem> {
    let ticket = cases::store::load(tx, id)?;
    let parts = store::of_ticket(tx, id)?;
    let part = parts.into_iter().find(|it| it.n.to_string() == form.n);
    // Whoever may not even look learns nothing of what there is.
    let body = part.as_ref().and_then(|it| it.body);
    let permit = if form.outcome == "withdrawn" {
        policy::may_ask(&tx.ctx.actor, &ticket.place)?
    } else {
        policy::may_report(&tx.ctx.actor, &ticket.place, body)?
    };
    let part = part.ok_or(Problem::NotFound)?;
    // Nobody gives a part back in another's name.
    if form.outcome == "refused" && (body.is_none() || body != Body::of(&tx.ctx.actor)) {
        return Err(Problem::NotFound);
    }
    let by = bodies::own_name(tx)?;
    let outcome = rules::close(&ticket, &part, form, tx.ctx.now, by.clone())?;
    let (code, said) = match &outcome {
        Outcome::Withdrawn { words, .. } => ("withdrawn", format!("撤销请{}协办：{words}", part.named)),
        Outcome::Done { words, .. } => ("done", format!("{}协办反馈：{words}", part.named)),
        Outcome::Refused { words, .. } => ("refused", format!("{}退回协办：{words}", part.named)),
        Outcome::Open => return Err(Problem::NotFound),
    };
    let n = part.n;
    store::close(tx, &Part { outcome, ..part })?;
    line::add_step(tx, id, &by, &step("joint_closed", said, true))?;
    if let Some(handler) = ticket.stage.handler() {
        let words = if code == "refused" { "协办单位退回" } else { "协办已有反馈" };
        notices::joint(tx, &ticket, &[handler], &format!("joint:{n}:{code}"), words)?;
    }
    if code == "refused" {
        // Whoever may ask another unit has to know.
        let offices = notices::offices(&ticket);
        notices::joint(tx, &ticket, &offices, &format!("joint:{n}:again"), "协办单位退回，请另行安排")?;
    }
    Ok(((), tx.record(permit, &JointChanged { ticket: id, n, step: code })?))
}

/// Nobody answers a case while somebody who was asked for a part of it has not said a word.
pub(crate) fn must_be_done(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), Problem> {
    Ok(rules::must_be_done(&store::of_ticket(tx, ticket.id)?)?)
}
