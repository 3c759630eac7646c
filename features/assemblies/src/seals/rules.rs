//! What a seal may be asked for, and who may set it. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal, UserId};

use super::types::{Asking, Basis, Deciding, Outcome, Seal, Use};
use crate::affairs::said;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SealRefusal {
    #[error("这一届已经结束，印章应移交新一届，不能再用")]
    Ended,
    #[error("这次用印已经办结，不能再改")]
    Decided,
    #[error("用印应由另一个人办理：申请人不能给自己的申请用印")]
    SamePerson,
}

impl Refusal for SealRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Ended => "assemblies.seal_ended",
            Self::Decided => "assemblies.seal_decided",
            Self::SamePerson => "assemblies.seal_same_person",
        }
    }
}

/// What was asked for: which seal, for what, how many copies, by which decision of those that allow it.
pub(crate) fn ask(
    form: &Asking,
    allowing: &[(Basis, String)],
) -> Result<(Seal, String, i64, Basis), Problem> {
    let mut errors = vec![];
    let seal = Seal::from_code(&form.seal);
    if seal.is_none() {
        errors.push(FieldError::new("seal", "请选择要用哪一枚印章"));
    }
    let document = said("document", &form.document, 100, "请填写用印的文件名称", &mut errors);
    let copies = form.copies.trim().parse::<i64>().ok().filter(|it| (1..=200).contains(it));
    if copies.is_none() {
        errors.push(FieldError::new("copies", "请填写份数，1至200份"));
    }
    let basis = Basis::from_code(&form.basis).filter(|it| allowing.iter().any(|known| known.0 == *it));
    // The owners' own seal stands for what the owners decided.
    let owners_own = seal != Some(Seal::Assembly) || !matches!(basis, Some(Basis::Session(_)));
    if basis.is_none() {
        errors.push(FieldError::new("basis", "请选择依据：已通过的业委会会议决定，或业主大会的最终决定"));
    } else if !owners_own {
        errors.push(FieldError::new("basis", "业主大会印章只能依据业主大会的决定使用，请选择业主大会的决定"));
    }
    match (seal, copies, basis) {
        (Some(seal), Some(copies), Some(basis)) if errors.is_empty() => Ok((seal, document, copies, basis)),
        _ => Err(Problem::Invalid(errors)),
    }
}

pub(crate) fn decide(
    it: &Use,
    has_ended: bool,
    form: &Deciding,
    by: UserId,
    today: Date,
) -> Result<Outcome, Problem> {
    if it.outcome != Outcome::Open {
        return Err(SealRefusal::Decided.into());
    }
    if it.asked_by == by {
        return Err(SealRefusal::SamePerson.into());
    }
    let mut errors = vec![];
    match form.outcome.as_str() {
        "stamped" if has_ended => return Err(SealRefusal::Ended.into()),
        "stamped" => return Ok(Outcome::Stamped { on: today, by }),
        "refused" => {
            let reason = said("reason", &form.reason, 200, "请写明不予用印的理由", &mut errors);
            if errors.is_empty() {
                return Ok(Outcome::Refused { on: today, by, reason });
            }
        }
        _ => errors.push(FieldError::new("outcome", "请选择用印或不予用印")),
    }
    Err(Problem::Invalid(errors))
}
