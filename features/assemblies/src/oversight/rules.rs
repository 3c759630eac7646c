//! What an entry must say, kind by kind. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Closing, Entry, Kind, Opening};
use crate::{affairs::said, committees::types::Committee};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OversightRefusal {
    #[error("这一条已经办结，不能再改")]
    Closed,
}

impl Refusal for OversightRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Closed => "assemblies.oversight_closed",
        }
    }
}

/// An entry as typed, before it has a number.
pub(crate) fn open(committee: &Committee, form: &Opening, today: Date) -> Result<Entry, Problem> {
    let kind = Kind::from_code(&form.kind).ok_or(Problem::NotFound)?;
    let mut errors = vec![];
    let class = kind.classes().iter().find(|it| it.0 == form.class).map(|it| it.0.to_owned());
    if class.is_none() {
        errors.push(FieldError::new("class", "请选择类别"));
    }
    let name = name(committee, kind, form.name.trim()).map_err(|it| errors.push(it)).unwrap_or_default();
    let (ask_words, ask_document) = match kind {
        Kind::Supervisor => ("请写明怎样产生，如业主大会会议选举", "请填写产生的会议或公告"),
        Kind::Audit => ("请写明审计的事由和范围", "请填写委托的审计机构"),
        Kind::Violation => ("请写明查明的事实", "请填写依据的材料，如核查报告、判决书"),
    };
    let words = said("words", &form.words, 500, ask_words, &mut errors);
    let document = said("document", &form.document, 100, ask_document, &mut errors);
    let begun_on = form.begun_on.trim().parse::<Date>().ok().filter(|it| *it <= today);
    if begun_on.is_none() {
        errors.push(FieldError::new("begun_on", "请填写日期，不晚于今天"));
    }
    let due_on = form.due_on.trim().parse::<Date>().ok().filter(|it| today < *it);
    if kind == Kind::Audit && due_on.is_none() {
        errors.push(FieldError::new("due_on", "请填写完成期限，应在今天之后"));
    }
    match (class, begun_on) {
        (Some(class), Some(begun_on)) if errors.is_empty() => Ok(Entry {
            committee: committee.id,
            n: 0,
            kind,
            class,
            name,
            words,
            document,
            begun_on,
            due_on: due_on.filter(|_| kind == Kind::Audit),
            closed: None,
            version: 1,
        }),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// A supervisor sits on no committee they watch; a violation is a member's, whether they still sit or not.
fn name(committee: &Committee, kind: Kind, typed: &str) -> Result<String, FieldError> {
    let is_member = committee.members.iter().any(|it| it.name == typed);
    let sits = committee.sitting().any(|it| it.name == typed);
    let wrong = |message: &str| Err(FieldError::new("name", message));
    match kind {
        Kind::Audit => Ok(String::new()),
        _ if typed.is_empty()
            || 20 < typed.chars().count()
            || typed.chars().any(|it| it.is_ascii_digit()) =>
        {
            wrong("请只填姓名，不超过20个字")
        }
        Kind::Supervisor if sits => wrong("在任委员不能兼任监事，请另选一人"),
        Kind::Violation if !is_member => wrong("这一届没有这名委员，请从委员名单中核对姓名"),
        Kind::Supervisor | Kind::Violation => Ok(typed.to_owned()),
    }
}

/// 办结.
pub(crate) fn close(it: &Entry, form: &Closing, today: Date) -> Result<(Date, String), Problem> {
    if it.closed.is_some() {
        return Err(OversightRefusal::Closed.into());
    }
    let mut errors = vec![];
    let ask = match it.kind {
        Kind::Supervisor => "请写明离任的原因",
        Kind::Audit => "请写明审计结果，会在公示页公布",
        Kind::Violation => "请写明处理结果，如终止委员资格、责令退还、移送",
    };
    let result = said("result", &form.result, 500, ask, &mut errors);
    let on = form.closed_on.trim().parse::<Date>().ok().filter(|on| it.begun_on <= *on && *on <= today);
    if on.is_none() {
        let message = format!("请填写日期，不早于{}、不晚于今天", it.begun_on);
        errors.push(FieldError::new("closed_on", message));
    }
    match on {
        Some(on) if errors.is_empty() => Ok((on, result)),
        _ => Err(Problem::Invalid(errors)),
    }
}
