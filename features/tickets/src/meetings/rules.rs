//! What a meeting may decide about a matter, and what becomes of the case. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Deciding, Decision, Matter};
use crate::cases::{
    rules::{AGENDA_LEVEL, set, step, words},
    types::{Body, Dues, Stage, Step, Ticket},
};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MeetingRefusal {
    #[error("这件议题会议已经作出决定，不能再改")]
    Decided,
    #[error("这件诉求已经办结或撤回，不用再上会")]
    Over,
}

impl Refusal for MeetingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Decided => "tickets.matter_decided",
            Self::Over => "tickets.matter_over",
        }
    }
}

/// What was decided, and in which words. `choices`: who a case of this place may be given to.
pub(crate) fn decide(
    it: &Matter,
    ticket: &Ticket,
    form: &Deciding,
    choices: &[(String, String, Body)],
    today: Date,
) -> Result<(Decision, String), Problem> {
    if it.outcome.is_some() {
        return Err(MeetingRefusal::Decided.into());
    }
    if !ticket.stage.is_open() {
        return Err(MeetingRefusal::Over.into());
    }
    let mut errors = vec![];
    let said = words(&form.words).map_err(|it| errors.push(FieldError::new("words", it.to_string()))).ok();
    let by = form.due_on.trim().parse::<Date>().ok().filter(|it| today <= *it);
    if by.is_none() && form.outcome != "raised" {
        errors.push(FieldError::new("due_on", "请选择办理期限，不早于今天"));
    }
    let decision = match form.outcome.as_str() {
        "assigned" => {
            let handler = choices.iter().find(|it| it.0 == form.handler);
            if handler.is_none() {
                errors.push(FieldError::new("handler", "请选择交给哪个单位办理"));
            }
            let assigned = |(handler, by): (&(String, String, Body), Date)| Decision::Assigned {
                handler: handler.2,
                named: handler.1.clone(),
                by,
            };
            handler.zip(by).map(assigned)
        }
        "raised" => {
            let above = it.meeting.above();
            if above.is_none() {
                errors.push(FieldError::new("outcome", "县联席会议之上没有会议，请交办或按原安排继续办理"));
            }
            above.map(Decision::Raised)
        }
        "goes_on" => by.map(|by| Decision::GoesOn { by }),
        _ => {
            errors.push(FieldError::new("outcome", "请选择会议决定"));
            None
        }
    };
    match (decision, said) {
        (Some(decision), Some(said)) if errors.is_empty() => Ok((decision, said)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// The case after the decision, and what its line says. Whoever has it now has until the day the meeting set; past it the case
/// climbs to the meeting again. That the first answer was late stays so.
pub(crate) fn after(ticket: Ticket, meeting: &str, decision: &Decision, said: &str) -> (Ticket, Step) {
    let until = |ticket: Ticket, stage: Stage, by: Date| {
        let (dues, verdicts) = (Dues { answer_by: calendar::end_of(by), ..ticket.dues }, ticket.verdicts);
        set(Ticket { dues, level: AGENDA_LEVEL - 1, ..ticket }, stage, verdicts)
    };
    match decision {
        Decision::Assigned { handler, named, by } => {
            let told = format!("{meeting}研究：交{named}于{by}前办结。{said}");
            let ticket = until(ticket, Stage::Dispatched { handler: *handler }, *by);
            (ticket, step("dispatched", told, true))
        }
        Decision::Raised(above) => {
            (ticket, step("raised", format!("{meeting}研究：提交{}。{said}", above.label()), true))
        }
        Decision::GoesOn { by } => {
            let stage = ticket.stage.clone();
            (until(ticket, stage, *by), step("met", format!("{meeting}研究：{by}前办结。{said}"), true))
        }
    }
}
