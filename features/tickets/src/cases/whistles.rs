//! 吹哨报到: blown by a body or by a deadline, reported in to, rated by both sides. Each one: load, permit, decide, save,
//! record.

use std::collections::BTreeSet;

use ::store::{Recorded, Tx};
use calendar::Calendar;
use kernel::{Problem, Tenant};

use super::{
    actions::{Done, current, finish, remark},
    bodies,
    climbing::{self, Woken},
    extensions,
    forms::Handling,
    labels, line, notices, policy,
    refusals::TicketRefusal,
    rules, store,
    types::{Body, Ticket, TicketId, Whistle, WhistleId},
};
use crate::{
    meetings::{self, types::Meeting},
    profiles::{self, types::Profile},
};

/// The level from which the blower names units besides.
pub(crate) const NAMES_UNITS: i64 = 3;

/// 吹哨 by a body: the level above is called in.
pub(crate) fn blow(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let level = climbing::next_level(&ticket);
    let permit = policy::may_blow(&tx.ctx.actor, &ticket.place, level)?;
    current(&ticket, form)?;
    let reason = climbing::blow(&ticket, level, &form.words)?;
    let own = Body::of(&tx.ctx.actor);
    if line::whistles(tx, id)?.iter().any(|it| it.reported_at.is_none() && Some(it.responder) == own) {
        return Err(TicketRefusal::ReportInFirst.into());
    }
    let by = bodies::own_name(tx)?;
    let units = named_units(tx, &ticket, level, form)?;
    let whom: Vec<&str> =
        std::iter::once(labels::level(level)).chain(units.iter().map(|it| it.1.as_str())).collect();
    let step = rules::step("blown", format!("吹哨至{}：{reason}", whom.join("、")), true);
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    let called: Vec<Body> = units.iter().map(|it| it.0).collect();
    let ticket = climb(tx, Ticket { level, ..ticket }, &profile, calendar, (&by, &reason), &called)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// The county's units a third-level whistle names: 社区吹哨到乡镇（开发区）及有关单位 (SC-064). Whatever else was ticked is not there.
fn named_units(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    level: i64,
    form: &Handling,
) -> Result<Vec<(Body, String)>, Problem> {
    if level != NAMES_UNITS || form.unit.is_empty() {
        return Ok(vec![]);
    }
    let all = bodies::choices(tx, &ticket.place)?.into_iter();
    let named = all.filter(|it| matches!(it.2, Body::Department(_)) && form.unit.contains(&it.0));
    Ok(named.map(|it| (it.2, it.1)).collect())
}

/// Calls a level in, and the units that were named: each its whistle and its clock; from the fourth the agenda instead.
pub(crate) fn climb(
    tx: &mut Tx<'_>,
    ticket: Ticket,
    profile: &Profile,
    calendar: &Calendar,
    (by, reason): (&str, &str),
    named: &[Body],
) -> Result<Ticket, Problem> {
    let now = tx.ctx.now;
    // Whoever is called to what presses (danger, water, power, lifts) has no longer than whoever had it first.
    let (clock, urgent) = (profile.clock(ticket.urgency), ticket.urgency.is_pressing());
    let sooner = |usual, own| {
        let usual = profile.after(now, usual, calendar);
        if urgent { usual.min(profile.after(now, own, calendar)) } else { usual }
    };
    let (report_by, solve_by) =
        (sooner(profile.report_in, clock.contact), sooner(profile.solve, clock.answer));
    if rules::AGENDA_LEVEL <= ticket.level {
        meetings::put_on(tx, &ticket, Meeting::Neighborhood)?;
    }
    for responder in bodies::of_level(&ticket.place, ticket.level).into_iter().chain(named.iter().copied()) {
        let whistle = Whistle {
            id: tx.ctx.new_id(Tenant::of_id(ticket.id.into())).into(),
            ticket: ticket.id,
            level: ticket.level,
            round: ticket.round,
            blown_by: by.to_owned(),
            reason: reason.to_owned(),
            responder,
            blown_at: now,
            report_by,
            solve_by,
            reported_at: None,
            reported_in_time: None,
            reported_by: None,
            of_responder: None,
            of_blower: None,
            version: 1,
        };
        line::add_whistle(tx, &whistle)?;
        notices::whistled(tx, &ticket, &whistle)?;
    }
    Ok(climbing::after_climb(ticket, solve_by))
}

/// 报到.
pub(crate) fn report_in(tx: &mut Tx<'_>, id: WhistleId) -> Result<(TicketId, Recorded), Problem> {
    let whistle = line::whistle(tx, id)?;
    let ticket = store::load(tx, whistle.ticket)?;
    let permit = policy::may_report_in(&tx.ctx.actor, &ticket.place, whistle.responder)?;
    if whistle.reported_at.is_some() {
        return Err(TicketRefusal::AlreadyReported.into());
    }
    let by = bodies::own_name(tx)?;
    let step = rules::step("reported_in", format!("{by}已报到"), true);
    let (reported_at, in_time) = (Some(tx.ctx.now), Some(tx.ctx.now < whistle.report_by));
    let reported_by = Some(by.clone());
    line::save_whistle(tx, &Whistle { reported_at, reported_in_time: in_time, reported_by, ..whistle })?;
    let ((), recorded) = remark(tx, permit, &ticket, &step, &by)?;
    Ok((ticket.id, recorded))
}

/// 一并报到 — to each of those that were ticked, or to none.
pub(crate) fn report_in_to_several(
    tx: &mut Tx<'_>,
    ids: &BTreeSet<i64>,
) -> Result<(usize, Recorded), Problem> {
    let last = ids.last().ok_or(TicketRefusal::NoWhistle)?;
    for id in ids.iter().filter(|it| *it != last) {
        let (_, _recorded) = tx.in_parts(|tx| report_in(tx, WhistleId::from(*id)))?;
    }
    // The last uses up the form's key.
    let (_, recorded) = report_in(tx, WhistleId::from(*last))?;
    Ok((ids.len(), recorded))
}

/// Whether the actor's body blew it. One that the clock, the reporter or whoever called back set off was blown by none of those who
/// stand below it: any of them answers for it.
pub(crate) fn is_blowers(tx: &mut Tx<'_>, ticket: &Ticket, whistle: &Whistle) -> Result<bool, Problem> {
    for body in bodies::below(&ticket.place, whistle.level) {
        if bodies::name(tx, body)? == whistle.blown_by {
            return Ok(Body::of(&tx.ctx.actor) == Some(body));
        }
    }
    Ok(true)
}

/// 双向评价 — the whistler rates who came, and who came rates the whistle.
pub(crate) fn rate_whistle(
    tx: &mut Tx<'_>,
    id: WhistleId,
    form: &Handling,
) -> Result<(TicketId, Recorded), Problem> {
    let whistle = line::whistle(tx, id)?;
    let ticket = store::load(tx, whistle.ticket)?;
    let responds = Body::of(&tx.ctx.actor) == Some(whistle.responder);
    let permit = if responds {
        policy::may_report_in(&tx.ctx.actor, &ticket.place, whistle.responder)?
    } else {
        policy::may_rate_responder(&tx.ctx.actor, &ticket.place, whistle.level)?
    };
    let score = rules::score(&form.score)?;
    if !responds && !is_blowers(tx, &ticket, &whistle)? {
        return Err(TicketRefusal::NotYourWhistle.into());
    }
    if whistle.reported_at.is_none() {
        return Err(TicketRefusal::NotReported.into());
    }
    let before = if responds { whistle.of_blower } else { whistle.of_responder };
    if before.is_some() {
        return Err(TicketRefusal::AlreadyRated.into());
    }
    let (whistle, words) = if responds {
        (Whistle { of_blower: Some(score), ..whistle }, "报到单位评价吹哨")
    } else {
        (Whistle { of_responder: Some(score), ..whistle }, "吹哨单位评价报到")
    };
    line::save_whistle(tx, &whistle)?;
    let by = bodies::own_name(tx)?;
    let step = rules::step("whistle_rated", format!("{words}：{score}分"), false);
    let ((), recorded) = remark(tx, permit, &ticket, &step, &by)?;
    Ok((ticket.id, recorded))
}

/// 到期 — what the clock finds; asked twice, the second time there is nothing to do.
pub(crate) fn wake(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_wake(&tx.ctx.actor)?;
    match climbing::wake(ticket, tx.ctx.now) {
        // Another process was quicker: nothing is saved, and the caller reads this as such.
        Woken::Nothing => Err(Problem::Conflict),
        Woken::Stamped(ticket, step) | Woken::Closes(ticket, step) => finish(tx, permit, &ticket, &step, ""),
        Woken::Climbs(ticket, step) => {
            let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
            extensions::lapse(tx, &ticket)?;
            let waits = meetings::waits(tx, id)?;
            let step = if waits {
                rules::step("late", "办理超期，等待联席会议研究", true)
            } else {
                step
            };
            let ticket = climb(tx, *ticket, &profile, calendar, ("时限到期", "办理超期"), &[])?;
            finish(tx, permit, &ticket, &step, "")
        }
    }
}
