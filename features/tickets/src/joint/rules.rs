//! What may be asked of whom, and when a part is done. Pure.

use jiff::{Timestamp, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use super::types::{Asking, Closing, Outcome, Part};
use crate::cases::{
    rules::words,
    types::{Body, Ticket},
};

const MOST_PARTS: usize = 8;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JointRefusal {
    #[error("这件诉求已经答复或结束，不能再办理协办")]
    Over,
    #[error("一件诉求最多请{MOST_PARTS}个单位协办")]
    TooMany,
    #[error("这一项协办已经办结")]
    Closed,
    #[error("协办单位还没有反馈：{0}。请等反馈之后再答复，或由请协办的单位撤销协办")]
    Waiting(String),
}

impl Refusal for JointRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Over => "tickets.joint_over",
            Self::TooMany => "tickets.joint_many",
            Self::Closed => "tickets.joint_closed",
            Self::Waiting(_) => "tickets.joint_waiting",
        }
    }
}

/// What was asked: of a body of the house that does not have the case already, or of a department by its name.
pub(crate) fn ask(
    ticket: &Ticket,
    known: &[Part],
    form: &Asking,
    choices: &[(String, String, Body)],
    today: Date,
) -> Result<(Option<Body>, String, String, Date), Problem> {
    if !ticket.stage.is_open() {
        return Err(JointRefusal::Over.into());
    }
    if MOST_PARTS <= known.len() {
        return Err(JointRefusal::TooMany.into());
    }
    let mut errors = vec![];
    let chosen = choices.iter().find(|it| it.0 == form.unit);
    let typed = form.named.trim();
    let unit = match chosen {
        Some(it) if ticket.stage.handler() == Some(it.2) => {
            errors.push(FieldError::new("unit", "这个单位就是主办单位，请选择其他单位"));
            None
        }
        Some(it) => Some((Some(it.2), it.1.clone())),
        None if form.unit.is_empty() && (2..=30).contains(&typed.chars().count()) => {
            Some((None, identifiers::mask_numbers(typed)))
        }
        None => {
            errors.push(FieldError::new("unit", "请选择协办单位，或填写部门名称（2至30个字）"));
            None
        }
    };
    if let Some((_, named)) = &unit
        && known.iter().any(|it| it.outcome == Outcome::Open && it.named == *named)
    {
        errors.push(FieldError::new("unit", format!("已经请{named}协办，还没有反馈")));
    }
    let task = words(&form.task).map_err(|it| errors.push(FieldError::new("task", it.to_string()))).ok();
    // The answer waits for it, so it is due no later than the answer; what is late already is asked for by any day.
    let last = kernel::beijing_date(ticket.dues.answer_by - jiff::SignedDuration::from_secs(1));
    let fits = |it: &Date| today <= *it && (*it <= last || last < today);
    let due_on = form.due_on.trim().parse::<Date>().ok().filter(fits);
    if due_on.is_none() {
        let until =
            if last < today { String::new() } else { format!("，不晚于本件的答复时限{last}") };
        errors.push(FieldError::new("due_on", format!("请选择反馈期限，不早于今天{until}")));
    }
    match (unit, task, due_on) {
        (Some((body, named)), Some(task), Some(due_on)) if errors.is_empty() => {
            Ok((body, named, task, due_on))
        }
        _ => Err(Problem::Invalid(errors)),
    }
}

/// 反馈, or 撤销.
pub(crate) fn close(
    ticket: &Ticket,
    it: &Part,
    form: &Closing,
    at: Timestamp,
    by: String,
) -> Result<Outcome, Problem> {
    if !ticket.stage.is_open() {
        return Err(JointRefusal::Over.into());
    }
    if it.outcome != Outcome::Open {
        return Err(JointRefusal::Closed.into());
    }
    let words =
        words(&form.words).map_err(|it| Problem::Invalid(vec![FieldError::new("words", it.to_string())]))?;
    Ok(match form.outcome.as_str() {
        "withdrawn" => Outcome::Withdrawn { at, by, words },
        "done" => Outcome::Done { at, by, words },
        "refused" => Outcome::Refused { at, by, words },
        _ => return Err(Problem::NotFound),
    })
}

/// The answer is one for all: it waits for everybody who was asked.
pub(crate) fn must_be_done(parts: &[Part]) -> Result<(), JointRefusal> {
    let open: Vec<&str> =
        parts.iter().filter(|it| it.outcome == Outcome::Open).map(|it| it.named.as_str()).collect();
    if open.is_empty() { Ok(()) } else { Err(JointRefusal::Waiting(open.join("、"))) }
}
