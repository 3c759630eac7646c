//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use calendar::Calendar;
use kernel::{Permit, Problem, Tenant};

use super::{
    bodies, corrections,
    corrections::Correction,
    events::{ContactRevealed, Stepped},
    extensions,
    forms::{Handling, Rating},
    line, notices, policy,
    refusals::TicketRefusal,
    rules::{self, Rated},
    store,
    types::{Body, Kind, Step, Ticket, TicketId},
    whistles,
};
use crate::{
    callbacks, joint, meetings,
    profiles::{self, routes, types::Urgency},
};

/// What a verb of a case answers: nothing but its record.
pub(crate) type Done = Result<((), Recorded), Problem>;

/// Who did a step, where it was the one who reported.
pub(crate) const REPORTER: &str = "反映人";

/// A step that changes nothing of the case itself: put on the line and recorded, and nobody's form grows stale by it.
pub(crate) fn remark(tx: &mut Tx<'_>, permit: Permit, ticket: &Ticket, step: &Step, by: &str) -> Done {
    // What the reporter adds they have told themselves.
    if by != REPORTER {
        callbacks::tell(tx, ticket, step)?;
    }
    notices::stepped(tx, ticket, step)?;
    put_down(tx, permit, ticket, step, by)
}

fn put_down(tx: &mut Tx<'_>, permit: Permit, ticket: &Ticket, step: &Step, by: &str) -> Done {
    line::add_step(tx, ticket.id, by, step)?;
    let (level, round, by_reporter) = (ticket.level, ticket.round, by == REPORTER);
    let stepped = Stepped { ticket: ticket.id, step: step.code, level, round, by_reporter };
    Ok(((), tx.record(permit, &stepped)?))
}

/// What every verb of a case ends with: saved, put on the line, recorded.
pub(crate) fn finish(tx: &mut Tx<'_>, permit: Permit, ticket: &Ticket, step: &Step, by: &str) -> Done {
    store::save(tx, ticket)?;
    callbacks::tell(tx, ticket, step)?;
    notices::stepped(tx, ticket, step)?;
    put_down(tx, permit, ticket, step, by)
}

/// The page says which version it showed; somebody else may have been quicker.
pub(crate) fn current(ticket: &Ticket, form: &Handling) -> Result<(), Problem> {
    if form.version == ticket.version.to_string() { Ok(()) } else { Err(Problem::Conflict) }
}

/// 派单.
pub(crate) fn dispatch(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let handler = bodies::choices(tx, &ticket.place)?.into_iter().find(|it| it.0 == form.handler);
    let (handler, named) = handler.map(|it| (it.2, it.1)).ok_or(TicketRefusal::NoHandler)?;
    let (ticket, step) = rules::dispatch(ticket, handler, &named, tx.ctx.now)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 不予受理.
pub(crate) fn decline(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let again = may_refuse(tx, &ticket)?;
    let (ticket, step) = rules::decline(ticket, routes::reason(&form.reason), &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &upheld(again, step), &by)
}

/// 转专线.
pub(crate) fn transfer(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let again = may_refuse(tx, &ticket)?;
    let (ticket, step) = rules::transfer(ticket, routes::line(&form.line), &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &upheld(again, step), &by)
}

/// Once the reporter objected to a "no", the next one is not the neighborhood's to say. Whether it is the next one.
fn may_refuse(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<bool, Problem> {
    let again = line::asks_again(&line::steps(tx, ticket.id)?);
    if again && !refuses_again(&tx.ctx.actor) { Err(TicketRefusal::ReviewedAbove.into()) } else { Ok(again) }
}

/// Whether an office may say "no" a second time.
pub(crate) fn refuses_again(actor: &kernel::Actor) -> bool {
    !matches!(Body::of(actor), Some(Body::Neighborhood(_)))
}

/// What is said after an objection was looked into.
fn upheld(again: bool, step: Step) -> Step {
    if again { Step { words: format!("复核后维持：{}", step.words), ..step } } else { step }
}

/// 更正类别或紧急程度.
pub(crate) fn correct(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let category = profiles::rules::category(&form.category).ok_or(TicketRefusal::NoCategory)?;
    let urgency = Urgency::from_code(&form.urgency).unwrap_or(category.urgency);
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    // A case that was begun anew began then.
    let anew = ["reopened", "objected", "taken_up"];
    let begun = line::steps(tx, id)?.into_iter().rev().find(|it| anew.contains(&it.step.as_str()));
    let start = begun.map_or(ticket.filed_at, |it| it.at);
    let clocks = |at| rules::dues(&profile, urgency, at, calendar);
    let clocks = (clocks(start), clocks(tx.ctx.now));
    let new = Correction { category, urgency, kind: Kind::from_code(&form.kind) };
    let before = ticket.dues;
    let (ticket, step) = corrections::correct(ticket, &new, &form.words, clocks, tx.ctx.now)?;
    store::correct(tx, &ticket)?;
    if before != ticket.dues {
        store::set_draft(tx, id, profile.unconfirmed)?;
    }
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 退单 — asked by the handler.
pub(crate) fn give_back(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::give_back(ticket, &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 不同意退单.
pub(crate) fn refuse_return(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::refuse_return(ticket, &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 接单.
pub(crate) fn accept(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let reachable = store::is_reachable(tx, &ticket)?;
    let (ticket, step) = rules::accept(ticket, &form.words, tx.ctx.now, reachable)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 延期.
pub(crate) fn extend(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    // The one who has it asks; another who dispatches decides, and that is this verb.
    let permit = policy::may_oversee(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    let asked = extensions::asked_for(tx, &ticket)?;
    let (ticket, step) = rules::extend(ticket, &form.words, tx.ctx.now, &profile, calendar)?;
    let step = match asked {
        Some(asked) => Step { words: format!("{}（承办单位：{asked}）", step.words), ..step },
        None => step,
    };
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 答复.
pub(crate) fn answer(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    joint::must_be_done(tx, &ticket)?;
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    let (ticket, step) = rules::answer(ticket, &form.words, tx.ctx.now, &profile, calendar)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 现场照片 — beside the answer, before and after, by whoever handles it.
pub(crate) fn attach(tx: &mut Tx<'_>, id: TicketId, slot: &str, name: &str, kept: &files::Kept) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    let slot = if slot == "after" { "after" } else { "before" };
    rules::attach(&ticket, files::of_subject(tx, id.into())?.len())?;
    files::attach(tx, id.into(), slot, name, kept)?;
    let (level, round) = (ticket.level, ticket.round);
    Ok(((), tx.record(permit, &Stepped { ticket: id, step: "attached", level, round, by_reporter: false })?))
}

/// 回访 — staff who do not handle it ask the reporter, and enter what they say.
pub(crate) fn call_back(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_oversee(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    if !store::left_number(tx, id)? {
        return Err(TicketRefusal::NoPhone.into());
    }
    let by = bodies::own_name(tx)?;
    let rating = Rating {
        by_staff: true,
        solved: form.solved.clone(),
        satisfied: form.satisfied.clone(),
        words: form.words.clone(),
    };
    let (ticket, step) = rated(tx, calendar, ticket, &rating, &by)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// A rating, by whoever gives it: closed, done again, or the level above called in.
pub(crate) fn rated(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    ticket: Ticket,
    form: &Rating,
    by: &str,
) -> Result<(Ticket, Step), Problem> {
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(ticket.id.into()))?;
    let (studied, round) = (meetings::studied(tx, ticket.id)?, ticket.round);
    let (ticket, step) = match rules::rate(ticket, form, tx.ctx.now, (&profile, studied), calendar)? {
        Rated::Goes(ticket, step) => (*ticket, step),
        Rated::Climbs(ticket, step) => {
            (whistles::climb(tx, *ticket, &profile, calendar, (by, "重新办理后仍未解决"), &[])?, step)
        }
    };
    if round < ticket.round {
        store::set_draft(tx, ticket.id, profile.unconfirmed)?;
    }
    Ok((ticket, step))
}

/// Whether the actor may put a photo beside this case: asked before the bytes are kept.
pub(crate) fn may_attach(tx: &mut Tx<'_>, id: TicketId) -> Result<(), Problem> {
    let ticket = store::load(tx, id)?;
    let _may = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    Ok(rules::attach(&ticket, 0)?)
}

/// 核查结案.
pub(crate) fn close(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_oversee(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::close(ticket, &form.words, tx.ctx.now)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 督办 — put on the line where everybody who has it reads it.
pub(crate) fn supervise(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_supervise(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let words = rules::words(&form.words)?;
    let step = rules::step("supervised", format!("督办：{words}"), true);
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &Ticket { supervised: ticket.supervised + 1, ..ticket }, &step, &by)
}

/// 显示完整联系方式 — changes nothing but the log.
pub(crate) fn reveal(tx: &mut Tx<'_>, id: TicketId) -> Done {
    let ticket = store::load(tx, id)?;
    let involved = bodies::involved(tx, &ticket)?;
    let permit = policy::may_reveal_contact(&tx.ctx.actor, &ticket.place, ticket.openness, &involved)?;
    Ok(((), tx.record(permit, &ContactRevealed { ticket: id })?))
}

/// 并案 — the same trouble told twice; this reporter follows the other case and gets its answer.
pub(crate) fn merge(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let number = form.into.trim().rsplit('-').next().and_then(|it| it.parse::<i64>().ok());
    let into = match number {
        Some(number) => store::of_number(tx, ticket.place.tenant, number)?,
        None => None,
    };
    let into = into.ok_or(TicketRefusal::WrongMerge)?;
    let (ticket, step) = rules::merge(ticket, &into)?;
    line::add_step(
        tx,
        into.id,
        "",
        &rules::step("joined", format!("第{}号反映同一问题，已并入", ticket.number), false),
    )?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 撤销并案.
pub(crate) fn split(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::split(ticket, &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// Whoever may act as handler: the body that has it, and those who reported in to its whistles.
pub(crate) fn handlers(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<Body>, Problem> {
    let came = line::whistles(tx, ticket.id)?.into_iter().filter(|it| it.reported_at.is_some());
    let came: Vec<Body> = came.map(|it| it.responder).collect();
    Ok(ticket.stage.handler().into_iter().chain(came).collect())
}
