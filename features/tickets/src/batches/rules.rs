//! What may be done to many at once, and until when it may be taken back. Pure.

use jiff::{SignedDuration, Timestamp};
use kernel::{Problem, Refusal, UserId};

use super::types::{Batch, HANDLERS, Verb};
use crate::cases::{
    refusals::TicketRefusal,
    rules,
    types::{Stage, Step, Ticket, TicketId, Verdicts},
};

/// Cases at once: what a person can look through, and one unit of work holds.
pub(crate) const MOST: usize = 50;
/// How long a batch may be taken back.
pub(crate) const UNDO: SignedDuration = SignedDuration::from_mins(10);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BatchRefusal {
    #[error("请在列表里勾选要办理的诉求，再选办理方式")]
    Nothing,
    #[error("一次最多{MOST}件，请分批办理")]
    TooMany,
    #[error("有诉求在您查看之后有了变化，一件都没有办理。请核对后重新提交")]
    Changed,
    #[error("已过10分钟，不能整批撤销，请逐件办理")]
    TooLate,
    #[error("这批已经撤销")]
    Undone,
    #[error("有诉求已经继续办理，不能整批撤销，请逐件办理")]
    GoneOn,
}

impl Refusal for BatchRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "tickets.batch_nothing",
            Self::TooMany => "tickets.batch_too_many",
            Self::Changed => "tickets.batch_changed",
            Self::TooLate => "tickets.batch_too_late",
            Self::Undone => "tickets.batch_undone",
            Self::GoneOn => "tickets.batch_gone_on",
        }
    }
}

/// The cases of a form, each once.
pub(crate) fn cases(typed: &[String]) -> Result<Vec<(TicketId, String)>, BatchRefusal> {
    let mut cases: Vec<(TicketId, String)> = vec![];
    for it in typed {
        let (id, version) = it.split_once(':').unwrap_or((it, ""));
        let Some(id) = kernel::parse_id(id).map(TicketId::from) else { continue };
        if cases.iter().all(|it| it.0 != id) {
            cases.push((id, version.to_owned()));
        }
    }
    match cases.len() {
        0 => Err(BatchRefusal::Nothing),
        n if MOST < n => Err(BatchRefusal::TooMany),
        _ => Ok(cases),
    }
}

/// Why a case cannot be among them; none when it can.
pub(crate) fn hindrance(verb: Verb, ticket: &Ticket) -> Option<&'static str> {
    match verb {
        // A return is looked into one by one.
        Verb::Dispatch if ticket.stage != Stage::Filed => Some("不在待派单"),
        Verb::Supervise if !ticket.stage.is_open() => Some("已经办结"),
        _ => None,
    }
}

/// The body of a kind, of those a case may be sent to.
pub(crate) fn handler<'a>(kind: &str, choices: &'a [(String, String)]) -> Result<&'a str, Problem> {
    let known = HANDLERS.iter().any(|it| it.0 == kind);
    let fitting = choices.iter().find(|it| known && it.0.split(':').next() == Some(kind));
    Ok(fitting.map(|it| it.0.as_str()).ok_or(TicketRefusal::NoHandler)?)
}

/// 撤销: by whoever did it, within ten minutes, once.
pub(crate) fn undo(batch: &Batch, by: UserId, now: Timestamp) -> Result<(), Problem> {
    if batch.person != by {
        return Err(Problem::NotFound);
    }
    if batch.undone_at.is_some() {
        return Err(BatchRefusal::Undone.into());
    }
    if batch.done_at + UNDO <= now {
        return Err(BatchRefusal::TooLate.into());
    }
    Ok(())
}

/// A case as it was before the batch.
pub(crate) fn undone(verb: Verb, ticket: Ticket) -> (Ticket, Step) {
    match verb {
        Verb::Dispatch => {
            let verdicts = Verdicts { dispatched: None, ..ticket.verdicts };
            (rules::set(ticket, Stage::Filed, verdicts), rules::step("undone", "派单已撤回", true))
        }
        Verb::Supervise => {
            let supervised = (ticket.supervised - 1).max(0);
            (Ticket { supervised, ..ticket }, rules::step("undone", "督办已撤回", true))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_ticked_twice_is_one_and_fifty_are_enough() {
        let ids = |n: i64| (1..=n).map(|it| format!("{it}:3")).collect::<Vec<_>>();
        assert_eq!(cases(&["7:1".to_owned(), "7:1".to_owned(), "x".to_owned()]).unwrap().len(), 1);
        assert_eq!(cases(&[]), Err(BatchRefusal::Nothing));
        assert_eq!(cases(&ids(50)).unwrap().len(), 50);
        assert_eq!(cases(&ids(51)), Err(BatchRefusal::TooMany));
    }

    #[test]
    fn whoever_did_it_takes_it_back_within_ten_minutes_and_once() {
        let done_at: Timestamp = "2024-08-20T01:00:00Z".parse().unwrap();
        let batch = Batch {
            id: 1.into(),
            person: 5.into(),
            verb: Verb::Supervise,
            words: String::new(),
            done_at,
            undone_at: None,
            items: vec![],
        };
        let after = |minutes| done_at + SignedDuration::from_mins(minutes);
        assert!(undo(&batch, 5.into(), after(9)).is_ok());
        assert!(undo(&batch, 5.into(), after(10)).is_err());
        assert!(matches!(undo(&batch, 6.into(), after(1)), Err(Problem::NotFound)));
        let undone = Batch { undone_at: Some(after(1)), ..batch };
        assert!(undo(&undone, 5.into(), after(2)).is_err());
    }
}
