//! 吹哨 — how far a case climbs, by hand and by the clock. Pure.

use jiff::Timestamp;

use super::{
    labels,
    refusals::TicketRefusal,
    rules::{AGENDA_LEVEL, closed, set, step, words, wrong},
    types::{Body, Dues, Outcome, Stage, Step, Ticket, Verdicts},
};

/// The level a case is whistled to next: above whoever has it. What a neighborhood has itself goes to the township, and what a township
/// or the county has to the joint meeting.
pub(crate) fn next_level(it: &Ticket) -> i64 {
    let of_handler = match it.stage.handler() {
        Some(Body::Neighborhood(_)) => 3,
        // A county's department stands beside the township: what it cannot do, none of the levels below can.
        Some(Body::Subdistrict(_) | Body::County(_) | Body::Department(_)) => AGENDA_LEVEL,
        Some(Body::Enterprise(_) | Body::Branch(_) | Body::Committee(_)) | None => 1,
    };
    (it.level + 1).max(of_handler).min(AGENDA_LEVEL)
}

/// What the clock finds when a case wakes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Woken {
    /// A step's deadline has passed; it is stamped, and the case goes on.
    Stamped(Box<Ticket>, Step),
    /// The answer is late: the next level is blown, from `Ticket::level` up.
    Climbs(Box<Ticket>, Step),
    /// Nobody rated the answer.
    Closes(Box<Ticket>, Step),
    /// Somebody was quicker.
    Nothing,
}

/// 到期 — decided by what the case is now, so that being asked twice does nothing twice.
pub(crate) fn wake(ticket: Ticket, now: Timestamp) -> Woken {
    if ticket.wakes_at.is_none_or(|it| now < it) {
        return Woken::Nothing;
    }
    if let Stage::Answered { handler, .. } = ticket.stage {
        let told = step("closed", "答复后无人评价，按约定办结", true);
        return Woken::Closes(Box::new(closed(ticket, Some(handler), Outcome::Unrated, now)), told);
    }
    if !ticket.stage.is_open() {
        return Woken::Nothing;
    }
    if now < ticket.dues.answer_by {
        let (verdicts, told) = match ticket.stage {
            Stage::Filed => (Verdicts { dispatched: Some(false), ..ticket.verdicts }, "派单超期"),
            _ => (Verdicts { contacted: Some(false), ..ticket.verdicts }, "联系群众超期"),
        };
        let stage = ticket.stage.clone();
        return Woken::Stamped(Box::new(set(ticket, stage, verdicts)), step("late", told, false));
    }
    // Whoever has not even been found or called by now is late with that as well.
    let verdicts = Verdicts {
        dispatched: ticket.verdicts.dispatched.or(matches!(ticket.stage, Stage::Filed).then_some(false)),
        // Nobody had it, so nobody failed to call.
        contacted: ticket.verdicts.contacted.or((!matches!(ticket.stage, Stage::Filed)).then_some(false)),
        answered: Some(false),
    };
    let level = next_level(&ticket);
    let told = step("late", format!("办理超期，自动吹哨至{}", labels::level(level)), true);
    let stage = ticket.stage.clone();
    Woken::Climbs(Box::new(set(Ticket { level, ..ticket }, stage, verdicts)), told)
}

/// The next deadline after a level was called in. A body that whistles in time keeps the deadline it was given; once it
/// has passed, the level that was called has its own.
pub(crate) fn after_climb(ticket: Ticket, solve_by: Timestamp) -> Ticket {
    let late = ticket.verdicts.answered == Some(false) && ticket.level < AGENDA_LEVEL;
    let answer_by = if late { solve_by } else { ticket.dues.answer_by };
    let (stage, verdicts) = (ticket.stage.clone(), ticket.verdicts);
    set(Ticket { dues: Dues { answer_by, ..ticket.dues }, ..ticket }, stage, verdicts)
}

/// 吹哨 by a body that cannot solve it: to the next level.
pub(crate) fn blow(ticket: &Ticket, level: i64, reason: &str) -> Result<String, TicketRefusal> {
    if !ticket.stage.is_open() {
        return Err(wrong(ticket));
    }
    if level <= ticket.level {
        return Err(TicketRefusal::AlreadyBlown);
    }
    words(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{
            rules::{Unsolved, unsolved_leads},
            stages::tests::case,
        },
        profiles,
    };

    #[test]
    fn a_whistle_goes_above_whoever_has_the_case() {
        let next = |handler: Option<Body>, level: i64| {
            let stage = handler.map_or(Stage::Filed, |handler| Stage::Accepted { handler });
            next_level(&Ticket { level, ..case(stage) })
        };
        for company in [None, Some(Body::Enterprise(7)), Some(Body::Branch(9)), Some(Body::Committee(9))] {
            assert_eq!(
                [next(company, 1), next(company, 2), next(company, 3), next(company, 4)],
                [2, 3, 4, 4]
            );
        }
        assert_eq!([1, 2, 3].map(|it| next(Some(Body::Neighborhood(5)), it)), [3, 3, 4]);
        for high in [Body::Subdistrict(5), Body::Department(6)] {
            assert_eq!([1, 2, 3].map(|it| next(Some(high), it)), [4, 4, 4]);
        }
    }

    #[test]
    fn what_is_not_solved_is_done_again_climbs_and_ends_with_the_meetings_word() {
        let profile = profiles::rules::known(profiles::rules::text_of(None).unwrap()).unwrap();
        assert_eq!(profile.reopen, 1, "the draft lets it be done again once");
        let leads = |round, level, studied| {
            let handler = Body::Enterprise(7);
            unsolved_leads(&Ticket { round, level, ..case(Stage::Accepted { handler }) }, &profile, studied)
        };
        assert_eq!((leads(1, 1, false), leads(1, 4, true)), (Unsolved::Again, Unsolved::Again));
        assert_eq!((leads(2, 1, false), leads(2, 3, false)), (Unsolved::Climbs, Unsolved::Climbs));
        // On the agenda and not decided: the meeting keeps it.
        assert_eq!((leads(2, 4, false), leads(5, 4, false)), (Unsolved::Again, Unsolved::Again));
        // Decided, and handed down a level for its doing.
        assert_eq!((leads(3, 3, true), leads(3, 4, true)), (Unsolved::Closes, Unsolved::Closes));
    }
}
