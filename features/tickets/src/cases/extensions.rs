//! 申请延期 — whoever handles a case asks for more time; whoever oversees it grants that once, or says no. Each one: load,
//! permit, decide, save, record.

use ::store::{Listing, Tx};
use kernel::{Problem, Scope};

use super::{
    actions::{Done, current, handlers, remark},
    bodies,
    filters::Filter,
    forms::Handling,
    line, listing, policy,
    refusals::TicketRefusal,
    rules, store,
    types::{Stage, Ticket, TicketId},
};

/// What is said about an extension, in the order it happens.
const SAID: [&str; 4] = ["extension_asked", "extension_refused", "extended", "extension_lapsed"];

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

/// How many wait to be answered within a scope, one more than `MOST_COUNTED` where there are more.
pub(crate) fn count(tx: &mut Tx<'_>, scope: &Scope) -> Result<i64, Problem> {
    let (block, number) = scope.equality();
    let args = [number.into(), tx.ctx.now.into(), (listing::MOST_COUNTED + 1).into()];
    let listing = Listing::of(include_str!("sql/count_asked.sql"), &[block], &args);
    Ok(tx.list(&listing, |it| it.int("n"))?.into_iter().next().unwrap_or_default())
}

/// Those that wait to be answered, the most pressing first.
pub(crate) fn first(tx: &mut Tx<'_>, scope: &Scope, limit: i64) -> Result<Vec<Ticket>, Problem> {
    let filter = Filter { stage: Some("accepted"), asked: true, ..Filter::default() };
    Ok(listing::list(tx, scope, &filter, limit)?)
}

/// Notes since when one waits, or that none does; nobody's form grows stale by it.
fn note(tx: &mut Tx<'_>, id: TicketId, at: Option<jiff::Timestamp>) -> Result<(), Problem> {
    let args = [store::tenant_of(id).into(), i64::from(id).into(), at.into()];
    Ok(tx.change_one(include_str!("sql/ask.sql"), &args)?)
}

/// 延期申请失效 — nobody answered it before the deadline passed; whoever asked hears so.
pub(crate) fn lapse(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), Problem> {
    let steps = line::steps(tx, ticket.id)?;
    let last = steps.iter().rev().find(|it| SAID.contains(&it.step.as_str()));
    if last.is_none_or(|it| it.step != SAID[0]) {
        return Ok(());
    }
    let step = rules::step(SAID[3], "延期申请到期未答复，已失效；按吹哨后的时限办理", false);
    note(tx, ticket.id, None)?;
    super::notices::stepped(tx, ticket, &step)?;
    Ok(line::add_step(tx, ticket.id, "", &step)?)
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
    note(tx, id, Some(tx.ctx.now))?;
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
    note(tx, id, None)?;
    remark(tx, permit, &ticket, &step, &by)
}
