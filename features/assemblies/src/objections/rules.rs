//! What an objection and its answer must say. Pure.

use jiff::{Timestamp, ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal, beijing_date};

use super::types::{Answering, Objection, Outcome, Raising};

/// How long the street has for an answer; the rules print no day, so this is the house's own.
const ANSWER_DAYS: i64 = 7;
const LONGEST_BODY: usize = 1000;
const LONGEST_CONTACT: usize = 60;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ObjectionRefusal {
    #[error("这件异议已经答复，不能再改")]
    Answered,
}

impl Refusal for ObjectionRefusal {
    fn code(&self) -> &'static str {
        "assemblies.objection_answered"
    }
}

/// The last day for an answer.
pub(crate) fn answer_by(filed_at: Timestamp) -> Date {
    beijing_date(filed_at).saturating_add(ANSWER_DAYS.days())
}

/// The text, its numbers masked, and the contact as typed.
pub(crate) fn raise(form: &Raising) -> Result<(String, String), Problem> {
    let mut errors = vec![];
    let body = identifiers::mask_numbers(form.body.trim());
    if body.is_empty() || LONGEST_BODY < body.chars().count() {
        errors.push(FieldError::new("body", "请写明异议的内容和理由，不超过1000个字"));
    }
    let contact = form.contact.trim().to_owned();
    if contact.is_empty() || LONGEST_CONTACT < contact.chars().count() {
        errors.push(FieldError::new("contact", "请留下姓名和电话，便于核实和答复，不对外公开"));
    }
    if errors.is_empty() { Ok((body, contact)) } else { Err(Problem::Invalid(errors)) }
}

pub(crate) fn answer(objection: &Objection, form: &Answering) -> Result<Outcome, Problem> {
    if objection.outcome != Outcome::Open {
        return Err(ObjectionRefusal::Answered.into());
    }
    let mut errors = vec![];
    let answer = identifiers::mask_numbers(form.answer.trim());
    if answer.is_empty() || LONGEST_BODY < answer.chars().count() {
        errors.push(FieldError::new("answer", "请写明核查情况和理由，不超过1000个字"));
    }
    let outcome = match form.outcome.as_str() {
        "upheld" => Some(Outcome::Upheld { answer }),
        "dismissed" => Some(Outcome::Dismissed { answer }),
        _ => {
            errors.push(FieldError::new("outcome", "请选择异议是否成立"));
            None
        }
    };
    match outcome {
        Some(outcome) if errors.is_empty() => Ok(outcome),
        _ => Err(Problem::Invalid(errors)),
    }
}
