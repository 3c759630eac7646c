//! What may become of a case. Pure: no clock of its own, no store, no `async`.

use calendar::Calendar;
use jiff::Timestamp;
use kernel::{FieldError, Problem};

use super::{
    forms::Rating,
    labels,
    refusals::{LONGEST_WORDS, MOST_FILES, TicketRefusal},
    types::{Body, Dues, Outcome, Stage, Step, Ticket, Verdicts},
};
use crate::profiles::{
    routes::Route,
    types::{Profile, Urgency},
};

/// The level from which nobody below can help: the case is put on the joint meeting's agenda (SC-014–016).
pub(crate) const AGENDA_LEVEL: i64 = 4;

/// The clocks of a case filed at `at`.
pub(crate) fn dues(profile: &Profile, urgency: Urgency, at: Timestamp, calendar: &Calendar) -> Dues {
    let clock = profile.clock(urgency);
    Dues {
        dispatch_by: profile.after(at, clock.dispatch, calendar),
        contact_by: profile.after(at, clock.contact, calendar),
        answer_by: profile.after(at, clock.answer, calendar),
    }
}

/// When the clock next has to look at a case.
pub(crate) fn wakes_at(stage: &Stage, dues: &Dues, verdicts: &Verdicts, level: i64) -> Option<Timestamp> {
    // Late and on the joint meeting's agenda: the meeting decides, no clock runs.
    let with_the_meeting = AGENDA_LEVEL <= level && verdicts.answered == Some(false);
    match stage {
        _ if with_the_meeting => None,
        Stage::Filed if verdicts.dispatched.is_none() => Some(dues.dispatch_by.min(dues.answer_by)),
        Stage::Dispatched { .. } if verdicts.contacted.is_none() => Some(dues.contact_by.min(dues.answer_by)),
        Stage::Filed | Stage::Dispatched { .. } | Stage::Returned { .. } | Stage::Accepted { .. } => {
            Some(dues.answer_by)
        }
        _ => None,
    }
}

pub(crate) fn set(ticket: Ticket, stage: Stage, verdicts: Verdicts) -> Ticket {
    let wakes_at = wakes_at(&stage, &ticket.dues, &verdicts, ticket.level);
    Ticket { stage, verdicts, wakes_at, ..ticket }
}

pub(crate) fn step(code: &'static str, words: impl Into<String>, open: bool) -> Step {
    Step { code, words: words.into(), open }
}

pub(crate) fn words(text: &str) -> Result<String, TicketRefusal> {
    let text = identifiers::mask_numbers(text.trim());
    if text.is_empty() || LONGEST_WORDS < text.chars().count() {
        Err(TicketRefusal::NoWords)
    } else {
        Ok(text)
    }
}

pub(crate) fn wrong(ticket: &Ticket) -> TicketRefusal {
    TicketRefusal::WrongStage(labels::stage(&ticket.stage).1)
}

/// Whether a case may be sent to somebody, or elsewhere: nobody has taken it over yet.
pub(crate) fn can_be_sent(stage: &Stage) -> bool {
    matches!(stage, Stage::Filed | Stage::Dispatched { .. } | Stage::Returned { .. })
}

/// 派单 — or again: when a return was granted, or when it went to the wrong one and was not taken over yet.
pub(crate) fn dispatch(
    ticket: Ticket,
    handler: Body,
    named: &str,
    now: Timestamp,
) -> Result<(Ticket, Step), TicketRefusal> {
    if !can_be_sent(&ticket.stage) {
        return Err(wrong(&ticket));
    }
    let in_time = ticket.verdicts.dispatched.unwrap_or(now < ticket.dues.dispatch_by);
    let verdicts = Verdicts { dispatched: Some(in_time), ..ticket.verdicts };
    Ok((
        set(ticket, Stage::Dispatched { handler }, verdicts),
        step("dispatched", format!("已派给{named}办理"), true),
    ))
}

/// 不予受理, with a reason from the list and in words.
pub(crate) fn decline(
    ticket: Ticket,
    reason: Option<&Route>,
    said: &str,
) -> Result<(Ticket, Step), TicketRefusal> {
    if !can_be_sent(&ticket.stage) {
        return Err(wrong(&ticket));
    }
    let listed = reason.ok_or(TicketRefusal::NoReason)?;
    let reason = format!("{}。{}", listed.title, words(said)?);
    let told = step("declined", format!("不予受理：{reason}"), true);
    let verdicts = ticket.verdicts;
    Ok((set(ticket, Stage::Declined { reason }, verdicts), told))
}

/// 转专线 — to a line that is not ours (B.9).
pub(crate) fn transfer(
    ticket: Ticket,
    line: Option<&Route>,
    said: &str,
) -> Result<(Ticket, Step), TicketRefusal> {
    if !can_be_sent(&ticket.stage) {
        return Err(wrong(&ticket));
    }
    let line = format!("{}。{}", line.ok_or(TicketRefusal::NoLine)?.title, words(said)?);
    let told = step("transferred", format!("不属于本系统受理范围，已转：{line}"), true);
    let verdicts = ticket.verdicts;
    Ok((set(ticket, Stage::Transferred { line }, verdicts), told))
}

/// 退单 — to whoever dispatches, for review.
pub(crate) fn give_back(ticket: Ticket, reason: &str) -> Result<(Ticket, Step), TicketRefusal> {
    let Stage::Dispatched { handler } = ticket.stage else { return Err(wrong(&ticket)) };
    let reason = words(reason)?;
    let verdicts = ticket.verdicts;
    let told = step("returned", format!("承办单位申请退单：{reason}"), false);
    Ok((set(ticket, Stage::Returned { handler, reason }, verdicts), told))
}

/// 不同意退单 — it stays where it was, and the clock has not stopped.
pub(crate) fn refuse_return(ticket: Ticket, reason: &str) -> Result<(Ticket, Step), TicketRefusal> {
    let Stage::Returned { handler, .. } = ticket.stage else { return Err(wrong(&ticket)) };
    let reason = words(reason)?;
    let verdicts = ticket.verdicts;
    Ok((
        set(ticket, Stage::Dispatched { handler }, verdicts),
        step("return_refused", format!("不同意退单：{reason}"), false),
    ))
}

/// 接单, and 联系群众 where they can be reached: who left no number is not said to have been called.
pub(crate) fn accept(
    ticket: Ticket,
    note: &str,
    now: Timestamp,
    reachable: bool,
) -> Result<(Ticket, Step), TicketRefusal> {
    let Stage::Dispatched { handler } = ticket.stage else { return Err(wrong(&ticket)) };
    let note = words(note)?;
    let in_time = ticket.verdicts.contacted.unwrap_or(now < ticket.dues.contact_by);
    let verdicts = Verdicts { contacted: Some(in_time), ..ticket.verdicts };
    Ok((
        set(ticket, Stage::Accepted { handler }, verdicts),
        step("accepted", format!("已接单{}：{note}", if reachable { "并联系" } else { "" }), true),
    ))
}

/// 延期 — once, with the reason told to the reporter.
pub(crate) fn extend(
    ticket: Ticket,
    reason: &str,
    now: Timestamp,
    profile: &Profile,
    calendar: &Calendar,
) -> Result<(Ticket, Step), TicketRefusal> {
    if !matches!(ticket.stage, Stage::Accepted { .. }) {
        return Err(wrong(&ticket));
    }
    if ticket.dues.answer_by <= now || ticket.verdicts.answered == Some(false) {
        return Err(TicketRefusal::TooLateToExtend);
    }
    if 0 < ticket.extended {
        return Err(TicketRefusal::AlreadyExtended);
    }
    let reason = words(reason)?;
    let more = profile.clock(ticket.urgency).extension;
    // From the old deadline, not from today: asking early costs nothing, asking late gains nothing.
    let answer_by = profile.after(ticket.dues.answer_by - jiff::SignedDuration::from_secs(1), more, calendar);
    let told = step("extended", format!("延期至{}：{reason}", labels::until(answer_by)), true);
    let (dues, verdicts, stage) = (Dues { answer_by, ..ticket.dues }, ticket.verdicts, ticket.stage.clone());
    Ok((set(Ticket { dues, extended: 1, ..ticket }, stage, verdicts), told))
}

/// 答复 — what was done. Whether in time is stamped now and never changes.
pub(crate) fn answer(
    ticket: Ticket,
    text: &str,
    now: Timestamp,
    profile: &Profile,
    calendar: &Calendar,
) -> Result<(Ticket, Step), TicketRefusal> {
    let Stage::Accepted { handler } = ticket.stage else { return Err(wrong(&ticket)) };
    let answer = words(text)?;
    // A template's blanks.
    if answer.contains("＿＿") || answer.contains("__") {
        return Err(TicketRefusal::Blanks);
    }
    let in_time = ticket.verdicts.answered.unwrap_or(now < ticket.dues.answer_by);
    let verdicts = Verdicts { answered: Some(in_time), ..ticket.verdicts };
    let told = step("answered", format!("办理结果：{answer}"), true);
    let rate_by = profile.after(now, profile.rate_within, calendar);
    let answered = set(ticket, Stage::Answered { handler, answer }, verdicts);
    Ok((Ticket { wakes_at: Some(rate_by), ..answered }, told))
}

/// 核查结案 — on site, by the neighborhood or above.
pub(crate) fn close(ticket: Ticket, note: &str, now: Timestamp) -> Result<(Ticket, Step), TicketRefusal> {
    let Stage::Answered { handler, .. } = ticket.stage else { return Err(wrong(&ticket)) };
    let note = words(note)?;
    let told = step("closed", format!("核查结案：{note}"), true);
    Ok((closed(ticket, Some(handler), Outcome::Checked, now), told))
}

pub(crate) fn closed(ticket: Ticket, handler: Option<Body>, outcome: Outcome, now: Timestamp) -> Ticket {
    let verdicts = ticket.verdicts;
    Ticket { closed_at: Some(now), ..set(ticket, Stage::Closed { handler, outcome }, verdicts) }
}

/// 转告 — praise is passed on to whoever serves the community; nobody has to do anything, and no clock runs.
pub(crate) fn note(ticket: Ticket, now: Timestamp) -> (Ticket, Step) {
    let company = ticket.place.enterprise;
    let handler = (company != 0).then_some(Body::Enterprise(company));
    (closed(ticket, handler, Outcome::Noted, now), step("noted", "已转告有关单位", true))
}

/// What a rating leads to.
#[derive(Debug)]
pub(crate) enum Rated {
    Goes(Box<Ticket>, Step),
    /// Done again as often as the profile allows and still not solved: the level above is called in.
    Climbs(Box<Ticket>, Step),
}

/// 评价 — solved closes it; not solved has it done again as often as the profile allows, and after that climbs a level.
/// A case that was closed by others may still be rated within the time an answer waits for a rating.
pub(crate) fn rate(
    ticket: Ticket,
    form: &Rating,
    now: Timestamp,
    (profile, studied): (&Profile, bool),
    calendar: &Calendar,
) -> Result<Rated, Problem> {
    let rateable = rated_handler(&ticket, now, profile, calendar);
    // Staff ask once; what they entered only the reporter changes.
    let asked = matches!(ticket.stage, Stage::Closed { outcome: Outcome::CalledBack, .. });
    let handler = rateable.filter(|_| !(form.by_staff && asked)).ok_or_else(|| wrong(&ticket))?;
    let said = |text: &str| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let (Some(solved), Some(satisfied)) = (said(&form.solved), said(&form.satisfied)) else {
        return Err(TicketRefusal::NotRated.into());
    };
    let more = match form.words.trim() {
        "" => String::new(),
        text => words(text)?,
    };
    let rated = Ticket { solved: Some(solved), satisfied: Some(satisfied), ..ticket };
    let liked = if satisfied { "满意" } else { "不满意" };
    let (said_by, code) = if form.by_staff { ("回访评价", "called_back") } else { ("评价", "rated") };
    if solved {
        let told = step(code, format!("{said_by}：已解决，{liked}。{more}"), true);
        // Called back by staff it is closed, and the reporter may still say otherwise.
        let outcome = if form.by_staff { Outcome::CalledBack } else { Outcome::Confirmed };
        return Ok(Rated::Goes(Box::new(closed(rated, Some(handler), outcome, now)), told));
    }
    let leads = unsolved_leads(&rated, profile, studied);
    if leads == Unsolved::Closes {
        let told = format!("{said_by}：没有解决，{liked}；联席会议已经研究过，不再重新办理。{more}");
        // The last word is the reporter's own: what staff were told may be contested.
        let outcome = if form.by_staff { Outcome::CalledBack } else { Outcome::Unsolved };
        return Ok(Rated::Goes(Box::new(closed(rated, Some(handler), outcome, now)), step(code, told, true)));
    }
    // Late stays late, however often it is done again.
    let verdicts = Verdicts { answered: rated.verdicts.answered.filter(|it| !it), ..rated.verdicts };
    let climbs = leads == Unsolved::Climbs;
    let fresh = dues(profile, rated.urgency, now, calendar);
    let told = step("reopened", format!("{said_by}：没有解决，{liked}，重新办理。{more}"), true);
    let dues = Dues { answer_by: fresh.answer_by, ..rated.dues };
    let level = if climbs { super::climbing::next_level(&rated) } else { rated.level };
    let again = Ticket { dues, level, round: rated.round + 1, closed_at: None, ..rated };
    let again = Box::new(set(again, Stage::Accepted { handler }, verdicts));
    Ok(if climbs { Rated::Climbs(again, told) } else { Rated::Goes(again, told) })
}

/// What becomes of a case that is said not to be solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsolved {
    /// Done again by whoever had it.
    Again,
    /// Done again as often as the profile allows: the level above is called in.
    Climbs,
    /// A joint meeting has decided on it: nobody is left to call.
    Closes,
}

/// `studied`: a joint meeting has decided on it. What still waits on an agenda is done again and stays there.
pub(crate) fn unsolved_leads(it: &Ticket, profile: &Profile, studied: bool) -> Unsolved {
    match profile.reopen < it.round {
        false => Unsolved::Again,
        true if studied => Unsolved::Closes,
        true if it.level < AGENDA_LEVEL => Unsolved::Climbs,
        true => Unsolved::Again,
    }
}

/// Whoever answered, while the case may be rated.
pub(crate) fn rated_handler(
    ticket: &Ticket,
    now: Timestamp,
    profile: &Profile,
    calendar: &Calendar,
) -> Option<Body> {
    match &ticket.stage {
        Stage::Answered { handler, .. } => Some(*handler),
        // Checked, called back, or silent for the time an answer waits: others closed it, and the reporter may still say otherwise.
        Stage::Closed {
            handler: Some(handler),
            outcome: Outcome::Checked | Outcome::CalledBack | Outcome::Unrated,
        } => (now < rated_until(ticket, profile, calendar)?).then_some(*handler),
        _ => None,
    }
}

/// Until when a case that was closed by others may still be rated.
pub(crate) fn rated_until(ticket: &Ticket, profile: &Profile, calendar: &Calendar) -> Option<Timestamp> {
    Some(profile.after(ticket.closed_at?, profile.rate_within, calendar))
}

/// 撤回, by the reporter, while nobody has answered.
pub(crate) fn withdraw(ticket: Ticket) -> Result<(Ticket, Step), TicketRefusal> {
    if !ticket.stage.is_open() {
        return Err(wrong(&ticket));
    }
    let verdicts = ticket.verdicts;
    Ok((set(ticket, Stage::Withdrawn, verdicts), step("withdrawn", "反映人撤回", true)))
}

/// 并案 — into another open case of the same county; the merged one still leads its reporter to the answer.
pub(crate) fn merge(ticket: Ticket, into: &Ticket) -> Result<(Ticket, Step), TicketRefusal> {
    if !ticket.stage.is_open() {
        return Err(wrong(&ticket));
    }
    if into.id == ticket.id || !into.stage.is_open() || into.place.tenant != ticket.place.tenant {
        return Err(TicketRefusal::WrongMerge);
    }
    if into.place.community != ticket.place.community {
        return Err(TicketRefusal::MergeElsewhere(into.number));
    }
    let told = step("merged", format!("与第{}号是同一问题，一并办理", into.number), true);
    let verdicts = ticket.verdicts;
    Ok((set(ticket, Stage::Merged { into: into.id }, verdicts), told))
}

/// 撤销并案 — it was another trouble after all: sent out anew; no clock was stopped by it.
pub(crate) fn split(ticket: Ticket, reason: &str) -> Result<(Ticket, Step), TicketRefusal> {
    if !matches!(ticket.stage, Stage::Merged { .. }) {
        return Err(wrong(&ticket));
    }
    let reason = words(reason)?;
    let verdicts = ticket.verdicts;
    Ok((set(ticket, Stage::Filed, verdicts), step("split", format!("撤销并案，单独办理：{reason}"), true)))
}

pub(crate) fn attach(ticket: &Ticket, there: usize) -> Result<(), TicketRefusal> {
    if !matches!(ticket.stage, Stage::Dispatched { .. } | Stage::Accepted { .. } | Stage::Answered { .. }) {
        return Err(wrong(ticket));
    }
    if MOST_FILES <= there { Err(TicketRefusal::TooManyFiles) } else { Ok(()) }
}

/// One to five.
pub(crate) fn score(text: &str) -> Result<i64, Problem> {
    let score = text.trim().parse::<i64>().ok().filter(|it| (1..=5).contains(it));
    score.ok_or_else(|| Problem::Invalid(vec![FieldError::new("score", "请选择1至5分")]))
}
