//! What follows from a decision at once, and what a step must say. Pure.

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use super::types::{Execution, Finishing, Planning};
use crate::decisions::{Decision, Stage};

/// 指导规则 Art. 39: decisions are announced within three days.
const ANNOUNCED_WITHIN: i64 = 3;
/// 六安〔2024〕87号 asks for the report and prints no day: the same.
const REPORTED_WITHIN: i64 = 3;
const MOST: usize = 50;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ExecutionRefusal {
    #[error("最终结果确认后才有执行事项")]
    NotFinal,
    #[error("这一项已经办结，不能再改")]
    Done,
    #[error("执行事项太多了，最多{MOST}项")]
    TooMany,
}

impl Refusal for ExecutionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFinal => "assemblies.not_final",
            Self::Done => "assemblies.execution_done",
            Self::TooMany => "assemblies.executions_many",
        }
    }
}

/// What every decision leads to, whatever it says.
pub(crate) fn always(today: Date) -> [(&'static str, Date); 2] {
    [
        ("在小区显著位置公布业主大会的决定", today.saturating_add(ANNOUNCED_WITHIN.days())),
        ("向社区党组织和居民委员会报告决定", today.saturating_add(REPORTED_WITHIN.days())),
    ]
}

pub(crate) fn must_be_final(decision: &Decision) -> Result<(), ExecutionRefusal> {
    if matches!(decision.stage, Stage::Final(..)) { Ok(()) } else { Err(ExecutionRefusal::NotFinal) }
}

/// Another step, as typed.
pub(crate) fn plan(known: usize, form: &Planning, today: Date) -> Result<(String, Date), Problem> {
    if MOST <= known {
        return Err(ExecutionRefusal::TooMany.into());
    }
    let mut errors = vec![];
    let what = identifiers::mask_numbers(form.what.trim());
    if what.is_empty() || 100 < what.chars().count() {
        errors.push(FieldError::new("what", "请写明要做什么，不超过100个字"));
    }
    let due = form.due_on.trim().parse::<Date>().ok().filter(|it| today <= *it);
    if due.is_none() {
        errors.push(FieldError::new("due_on", "请选择完成期限，不早于今天"));
    }
    match due.filter(|_| errors.is_empty()) {
        Some(due) => Ok((what, due)),
        None => Err(Problem::Invalid(errors)),
    }
}

/// 办结: when and how.
pub(crate) fn finish(it: &Execution, form: &Finishing, today: Date) -> Result<(Date, String), Problem> {
    if it.done.is_some() {
        return Err(ExecutionRefusal::Done.into());
    }
    let mut errors = vec![];
    let on = form.done_on.trim().parse::<Date>().ok().filter(|it| *it <= today);
    if on.is_none() {
        errors.push(FieldError::new("done_on", "请选择办结日期，不晚于今天"));
    }
    let words = identifiers::mask_numbers(form.words.trim());
    if words.is_empty() || 300 < words.chars().count() {
        errors.push(FieldError::new("execution_words", "请写明落实情况，会向业主公开，不超过300个字"));
    }
    match on.filter(|_| errors.is_empty()) {
        Some(on) => Ok((on, words)),
        None => Err(Problem::Invalid(errors)),
    }
}
