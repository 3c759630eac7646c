//! 申请延期 — whoever handles a case asks for more time; whoever oversees it grants that once, or says no. Each one: load,
//! permit, decide, save, record.

use ::store::Tx;
use kernel::Problem;

use super::{
    actions::{Done, current, handlers, remark},
    bodies,
    forms::Handling,
    line, policy,
    refusals::TicketRefusal,
    rules, store,
    types::{Stage, Ticket, TicketId},
};

/// What is said about an extension, in the order it happens.
const SAID: [&str; 3] = ["extension_asked", "extension_refused", "extended"];

/// Whether somebody asked, and nobody has answered yet.
pub(crate) fn is_asked(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<bool, Problem> {
    let steps = line::steps(tx, ticket.id)?;
    let last = steps.iter().rev().find(|it| SAID.contains(&it.step.as_str()));
    Ok(last.is_some_and(|it| it.step == SAID[0]) && can_be_given(tx, ticket))
}

/// While the clock of the answer still runs, and only once.
pub(crate) fn can_be_given(tx: &Tx<'_>, ticket: &Ticket) -> bool {
    let runs = matches!(ticket.stage, Stage::Accepted { .. }) && tx.ctx.now < ticket.dues.answer_by;
    runs && ticket.extended == 0 && ticket.verdicts.answered != Some(false)
}

/// Why the handler asked, in its own words, for the reporter to read when it is granted.
pub(crate) fn asked_for(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Option<String>, Problem> {
    let steps = line::steps(tx, ticket.id)?;
    let last = steps.into_iter().rev().find(|it| SAID.contains(&it.step.as_str()));
    let asked = last.filter(|it| it.step == SAID[0]);
    Ok(asked.map(|it| it.words.trim_start_matches("申请延期：").to_owned()))
}

/// 申请延期.
pub(crate) fn ask(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    if !can_be_given(tx, &ticket) {
        return Err(TicketRefusal::NoExtension.into());
    }
    if is_asked(tx, &ticket)? {
        return Err(TicketRefusal::ExtensionAsked.into());
    }
    let words = rules::words(&form.words)?;
    let by = bodies::own_name(tx)?;
    // The reporter hears of it when it is granted, not when it is asked for.
    let step = rules::step(SAID[0], format!("申请延期：{words}"), false);
    store::ask(tx, id, Some(tx.ctx.now))?;
    remark(tx, permit, &ticket, &step, &by)
}

/// 不同意延期.
pub(crate) fn refuse(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_oversee(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    if !is_asked(tx, &ticket)? {
        return Err(TicketRefusal::NotAsked.into());
    }
    let words = rules::words(&form.words)?;
    let by = bodies::own_name(tx)?;
    let step = rules::step(SAID[1], format!("不同意延期：{words}"), false);
    store::ask(tx, id, None)?;
    remark(tx, permit, &ticket, &step, &by)
}
