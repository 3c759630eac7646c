//! The verbs of whoever holds a code. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{Problem, Tenant};

use super::rules as own;
use crate::{
    cases::{
        actions::{REPORTER, finish, rated, remark},
        corrections,
        forms::Rating,
        line, policy,
        refusals::{LONGEST_WORDS, TicketRefusal},
        rules, store,
        types::{Openness, Step, Ticket, TicketId},
    },
    profiles,
};

/// How long an urging stands before it may be repeated.
const URGED_AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_hours(4);

/// The case a reporter's code leads to.
pub(crate) fn held(tx: &mut Tx<'_>, vault: &Vault, code: &str) -> Result<Ticket, Problem> {
    let code = own::typed_code(code).ok_or(Problem::NotFound)?;
    store::of_code(tx, &vault.look_up(&code))?.ok_or(Problem::NotFound)
}

/// The case a code leads to, whether it is a follower's, and the code as it is kept.
pub(crate) fn meant(tx: &mut Tx<'_>, vault: &Vault, code: &str) -> Result<(TicketId, bool, String), Problem> {
    let typed = own::typed_code(code).ok_or(Problem::NotFound)?;
    let (ticket, follows) = by_code(tx, vault, &typed)?;
    Ok((ticket.id, follows, typed))
}

/// The case a code leads to, and whether it is a follower's.
pub(crate) fn by_code(tx: &mut Tx<'_>, vault: &Vault, code: &str) -> Result<(Ticket, bool), Problem> {
    let typed = own::typed_code(code).ok_or(Problem::NotFound)?;
    let mark = vault.look_up(&typed);
    match store::of_code(tx, &mark)? {
        Some(ticket) => Ok((ticket, false)),
        None => {
            let followed = line::followed(tx, &mark)?.ok_or(Problem::NotFound)?;
            Ok((store::load(tx, followed)?, true))
        }
    }
}

fn done(tx: &mut Tx<'_>, ticket: &Ticket, step: &Step) -> Result<((), Recorded), Problem> {
    let permit = policy::may_follow_up()?;
    finish(tx, permit, ticket, step, REPORTER)
}

/// What is only said about it: staff who have the case open go on with the form they have.
fn said(tx: &mut Tx<'_>, ticket: &Ticket, step: &Step) -> Result<((), Recorded), Problem> {
    let permit = policy::may_follow_up()?;
    remark(tx, permit, ticket, step, REPORTER)
}

/// What the reporter says besides: of an anonymous report without the flat, as the report itself.
fn own_words(ticket: &Ticket, text: &str) -> String {
    // What is too long is refused, and not looked through.
    match ticket.openness {
        Openness::Anonymous if text.chars().count() <= LONGEST_WORDS => identifiers::mask_doors(text),
        _ => text.to_owned(),
    }
}

/// 评价.
pub(crate) fn rate(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    code: &str,
    form: &Rating,
) -> Result<((), Recorded), Problem> {
    let ticket = held(tx, vault, code)?;
    if !policy::may_rate(&tx.ctx.actor) {
        return Err(TicketRefusal::NotTheReporter.into());
    }
    rate_ticket(tx, calendar, ticket, form)
}

/// The same for whoever knows the code's mark: the demonstration's residents have no codes of their own.
#[cfg(feature = "seeding")]
pub(crate) fn rate_marked(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    mark: &str,
    form: &Rating,
) -> Result<((), Recorded), Problem> {
    let ticket = store::of_code(tx, mark)?.ok_or(Problem::NotFound)?;
    rate_ticket(tx, calendar, ticket, form)
}

fn rate_ticket(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    ticket: Ticket,
    form: &Rating,
) -> Result<((), Recorded), Problem> {
    let form = Rating { words: own_words(&ticket, &form.words), ..form.clone() };
    let (ticket, step) = rated(tx, calendar, ticket, &form, REPORTER)?;
    done(tx, &ticket, &step)
}

/// 撤回.
pub(crate) fn withdraw(tx: &mut Tx<'_>, vault: &Vault, code: &str) -> Result<((), Recorded), Problem> {
    let ticket = held(tx, vault, code)?;
    let (ticket, step) = rules::withdraw(ticket)?;
    done(tx, &ticket, &step)
}

/// The same for whoever knows the code's mark.
#[cfg(feature = "seeding")]
pub(crate) fn withdraw_marked(tx: &mut Tx<'_>, mark: &str) -> Result<((), Recorded), Problem> {
    let ticket = store::of_code(tx, mark)?.ok_or(Problem::NotFound)?;
    let (ticket, step) = rules::withdraw(ticket)?;
    done(tx, &ticket, &step)
}

/// When the case was refused last, and whether the reporter has objected before.
pub(crate) fn refusal(steps: &[line::Kept]) -> Option<(jiff::Timestamp, bool)> {
    let last = steps.iter().rev().find(|it| ["declined", "transferred"].contains(&it.step.as_str()))?;
    Some((last.at, steps.iter().any(|it| it.step == "objected")))
}

/// 申请复核 — the reporter does not accept that it was declined or sent elsewhere.
pub(crate) fn object(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    code: &str,
    words: &str,
) -> Result<((), Recorded), Problem> {
    let ticket = held(tx, vault, code)?;
    if !policy::may_rate(&tx.ctx.actor) {
        return Err(TicketRefusal::NotTheReporter.into());
    }
    let words = own_words(&ticket, words);
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(ticket.id.into()))?;
    let now = tx.ctx.now;
    let (at, before) = refusal(&line::steps(tx, ticket.id)?).unwrap_or((now, false));
    let span = (at, profile.after(at, profile.rate_within, calendar));
    let dues = rules::dues(&profile, ticket.urgency, now, calendar);
    let (ticket, step) = corrections::object(ticket, &words, span, before, now, dues)?;
    store::correct(tx, &ticket)?;
    store::set_draft(tx, ticket.id, profile.unconfirmed)?;
    done(tx, &ticket, &step)
}

/// 催办 — counted and put on the line; the deadline stays.
pub(crate) fn urge(tx: &mut Tx<'_>, vault: &Vault, code: &str) -> Result<((), Recorded), Problem> {
    let ticket = held(tx, vault, code)?;
    if !ticket.stage.is_open() {
        return Err(TicketRefusal::WrongStage(crate::cases::labels::stage(&ticket.stage).1).into());
    }
    let steps = line::steps(tx, ticket.id)?;
    let last = steps.iter().rev().find(|it| it.step == "urged");
    if last.is_some_and(|it| tx.ctx.now < it.at + URGED_AGAIN) {
        return Err(TicketRefusal::UrgedAlready.into());
    }
    let step = rules::step("urged", format!("反映人催办（第{}次）", ticket.urged + 1), true);
    store::urge(tx, ticket.id)?;
    said(tx, &ticket, &step)
}

/// 补充.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    vault: &Vault,
    code: &str,
    words: &str,
) -> Result<((), Recorded), Problem> {
    let ticket = held(tx, vault, code)?;
    if !ticket.stage.is_open() {
        return Err(TicketRefusal::WrongStage(crate::cases::labels::stage(&ticket.stage).1).into());
    }
    let words = rules::words(&own_words(&ticket, words))?;
    said(tx, &ticket, &rules::step("added", format!("反映人补充：{words}"), true))
}

/// 反映照片, sent along with the report.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    vault: &Vault,
    code: &str,
    name: &str,
    kept: &files::Kept,
) -> Result<((), Recorded), Problem> {
    let ticket = held(tx, vault, code)?;
    files::attach(tx, ticket.id.into(), "reported", name, kept)?;
    said(tx, &ticket, &rules::step("photo", "反映人上传照片", true))
}

/// 关注 — instead of telling the same once more; the follower's own code shows how it goes.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: TicketId,
    code: &str,
) -> Result<((), Recorded), Problem> {
    let ticket = store::load(tx, id)?;
    // Only what everybody may see can be followed; anything else is not there.
    if ticket.openness != Openness::Public || !ticket.stage.is_open() {
        return Err(Problem::NotFound);
    }
    let mark = vault.look_up(code);
    if line::followed(tx, &mark)?.is_some() {
        return Err(Problem::AlreadyDone { url: format!("/tickets/track/{code}") });
    }
    line::follow(tx, &ticket, &mark)?;
    said(tx, &ticket, &rules::step("followed", "有邻居关注同一问题", false))
}
