//! What may be listed, what is sent, and what an answer to it means. Pure.

use jobs::{Answer, Destination, Outcome};
use kernel::{FieldError, Problem, Refusal};
use serde_json::json;

use super::types::{Callback, CallbackForm, Stage};
use crate::cases::types::{Step, Ticket};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallbackRefusal {
    #[error("这个系统已有回送地址，请先停用原来的")]
    There,
    #[error("这个回送地址已经停用，请重新登记")]
    Ended,
    #[error("这个回送地址已经核准")]
    Listed,
}

impl Refusal for CallbackRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::There => "tickets.callback_there",
            Self::Ended => "tickets.callback_ended",
            Self::Listed => "tickets.callback_listed",
        }
    }
}

/// The address as it is listed.
pub(crate) fn destination(form: &CallbackForm) -> Result<Destination, Problem> {
    let fault = |it: &str| Problem::Invalid(vec![FieldError::new("url", it)]);
    Destination::parse(&form.url, !form.inside.is_empty()).map_err(fault)
}

/// 核准 — once.
pub(crate) fn list(it: Callback) -> Result<Callback, CallbackRefusal> {
    match it.stage {
        Stage::Proposed => Ok(Callback { stage: Stage::Listed, ..it }),
        Stage::Listed => Err(CallbackRefusal::Listed),
        Stage::Ended => Err(CallbackRefusal::Ended),
    }
}

/// 停用.
pub(crate) fn end(it: Callback) -> Result<Callback, CallbackRefusal> {
    match it.stage {
        Stage::Ended => Err(CallbackRefusal::Ended),
        _ => Ok(Callback { stage: Stage::Ended, ..it }),
    }
}

/// What a step of a case is to the system that sent it: the same its reporter reads, and no name or number of theirs.
pub(crate) fn message(
    ticket: &Ticket,
    number: &str,
    outside: &str,
    step: &Step,
    at: jiff::Timestamp,
) -> String {
    let data = json!({
        "id": ticket.id.to_string(),
        "number": number,
        "outside": outside,
        "stage": ticket.stage.code(),
        "words": step.words,
        "answer_by": ticket.dues.answer_by,
    });
    json!({ "type": format!("ticket.{}", step.code), "timestamp": at, "data": data }).to_string()
}

/// What the other side's answer means: as Standard Webhooks has it, 2xx is taken and 410 is never again.
pub(crate) fn outcome(answer: &Answer) -> Outcome {
    let said = format!("对方答复{}", answer.status);
    match answer.status {
        200..=299 => Outcome::Delivered(said),
        410 => Outcome::Never(format!("{said}，不再接收")),
        300..=399 => Outcome::Later(format!("{said}，要求转到别处；不跟随，请核对地址")),
        _ => Outcome::Later(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_tried_again_or_given_up() {
        let of = |status| outcome(&Answer { status });
        assert_eq!(of(204), Outcome::Delivered("对方答复204".into()));
        assert_eq!(of(500), Outcome::Later("对方答复500".into()));
        assert_eq!(of(410), Outcome::Never("对方答复410，不再接收".into()));
        assert!(matches!(of(307), Outcome::Later(it) if it.contains("不跟随")));
    }
}
