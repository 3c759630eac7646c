//! What a survey and an answer must be, and what a result counts for. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use crate::types::{Answer, AnswerForm, Stage, Survey, SurveyForm};

/// Days a survey may run.
const LONGEST: i32 = 60;
const LONGEST_WORDS: usize = 500;
/// Fewer answers than this say nothing, nor does less than one household in twenty.
const FEWEST: i64 = 10;
const ONE_IN: i64 = 20;
/// Answers one sender may hand in within a day: a tablet at the gate serves a staircase.
pub(crate) const MOST_A_DAY: i64 = 30;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SurveyRefusal {
    #[error("调查已经结束，不能再评价。结果见本页")]
    Over,
    #[error("调查{0}才结束，到时再办理")]
    StillOpen(Date),
    #[error("这一户已经评价过。每户一次；如有人冒填，请向社区反映")]
    Answered,
    #[error("今天从这里提交的评价太多，请明天再来，或换一部手机")]
    TooMany,
    #[error("这项调查已经结束或作废，不能再办理")]
    Ended,
    #[error("这个小区已有一项调查正在进行：{0}")]
    AnotherOpen(String),
}

impl Refusal for SurveyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Over => "surveys.over",
            Self::StillOpen(_) => "surveys.still_open",
            Self::Answered => "surveys.answered",
            Self::TooMany => "surveys.too_many",
            Self::Ended => "surveys.ended",
            Self::AnotherOpen(_) => "surveys.another_open",
        }
    }
}

/// Title and last day.
pub(crate) fn opening(form: &SurveyForm, today: Date) -> Result<(String, Date), Problem> {
    let mut errors = vec![];
    let title = identifiers::mask_numbers(form.title.trim());
    if title.is_empty() || 60 < title.chars().count() {
        errors.push(FieldError::new("title", "请填写调查名称，不超过60个字"));
    }
    let last = form.closes_on.trim().parse::<Date>().ok();
    let last = last.filter(|it| (0..=LONGEST).contains(&(*it - today).get_days()));
    if last.is_none() {
        errors.push(FieldError::new("closes_on", format!("请填写截止日期，从今天起不超过{LONGEST}天")));
    }
    match last {
        Some(last) if errors.is_empty() => Ok((title, last)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Whether answers are taken on this day.
pub(crate) fn takes(survey: &Survey, today: Date) -> bool {
    survey.stage == Stage::Open && survey.opens_on <= today && today <= survey.closes_on
}

/// Door and answer, as they are meant.
pub(crate) fn answer(form: &AnswerForm) -> Result<(String, Answer), Problem> {
    let mut errors = vec![];
    let door = door(&form.door);
    if door.is_none() {
        errors.push(FieldError::new(
            "door",
            "请填写楼栋、单元和房号，如 3-1-502，没有单元的写 3-502；只用来保证每户一次，不与评价一起保存",
        ));
    }
    let grade = |text: &str| text.parse::<i64>().ok().filter(|it| (1..=5).contains(it));
    let overall = grade(&form.overall);
    if overall.is_none() {
        errors.push(FieldError::new("overall", "请选择总体是否满意"));
    }
    let typed = [&form.service, &form.cleaning, &form.order, &form.upkeep, &form.talk];
    let parts = typed.map(|it| grade(it).unwrap_or(0)).to_vec();
    let words = identifiers::mask_numbers(form.words.trim());
    if LONGEST_WORDS < words.chars().count() {
        errors.push(FieldError::new("words", format!("意见不超过{LONGEST_WORDS}个字")));
    }
    match (overall, door) {
        (Some(overall), Some(door)) if errors.is_empty() => Ok((door, Answer { overall, parts, words })),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Building, entrance where there is one, and room: 3栋502, 3-502 and 3号楼502室 are one door.
fn door(typed: &str) -> Option<String> {
    let mark = |it: char| if it.is_ascii_alphanumeric() { it.to_ascii_uppercase() } else { ' ' };
    let marks: String = identifiers::narrowed(typed.trim()).chars().map(mark).collect();
    let parts: Vec<&str> = marks.split_whitespace().collect();
    let (room, before) = parts.split_last()?;
    let right = (1..=2).contains(&before.len())
        && before.iter().all(|it| it.len() <= 3)
        && room.len() <= 5
        && room.contains(|it: char| it.is_ascii_digit());
    right.then(|| parts.join("-"))
}

/// What came out: how many of each grade, from the best; and whether that is enough to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Result_ {
    pub(crate) grades: [i64; 5],
    pub(crate) valid: i64,
    /// 非常满意 and 满意.
    pub(crate) satisfied: i64,
    pub(crate) enough: bool,
}

pub(crate) fn result(answers: &[Answer], households: i64) -> Result_ {
    let of = |grade: i64| answers.iter().filter(|it| it.overall == grade).count() as i64;
    let grades = [of(5), of(4), of(3), of(2), of(1)];
    let valid = answers.len() as i64;
    let enough = FEWEST <= valid && households <= valid.saturating_mul(ONE_IN);
    Result_ { grades, valid, satisfied: grades[0] + grades[1], enough }
}

/// 结束 — from the day after the last one.
pub(crate) fn close(survey: &Survey, today: Date) -> Result<(), SurveyRefusal> {
    if survey.stage != Stage::Open {
        return Err(SurveyRefusal::Ended);
    }
    if today <= survey.closes_on { Err(SurveyRefusal::StillOpen(survey.closes_on)) } else { Ok(()) }
}

pub(crate) fn void(survey: &Survey, reason: &str) -> Result<Stage, Problem> {
    if survey.stage != Stage::Open {
        return Err(SurveyRefusal::Ended.into());
    }
    let reason = identifiers::mask_numbers(reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("reason", "请写明作废的理由，任何人都能看到")]));
    }
    Ok(Stage::Void { reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_is_one_however_it_is_written() {
        let door = |text: &str| {
            let form = AnswerForm {
                door: text.into(),
                overall: "4".into(),
                service: "9".into(),
                ..AnswerForm::default()
            };
            answer(&form).map(|it| it.0)
        };
        for text in ["3-502", "3栋502室", "3号楼 502", "３－５０２"] {
            assert_eq!(door(text).unwrap(), "3-502", "{text}");
        }
        assert_eq!(door("a座12-1").unwrap(), "A-12-1");
        for wrong in ["我家", "abc", "502", "1-2-3-4", "3-1-123456"] {
            assert!(door(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn few_answers_are_shown_and_not_entered() {
        let answers = |n: usize| vec![Answer { overall: 4, parts: vec![], words: String::new() }; n];
        assert!(!result(&answers(9), 20).enough);
        assert!(result(&answers(10), 200).enough);
        assert!(!result(&answers(10), 201).enough);
        let mixed: Vec<Answer> =
            [5, 4, 3, 3, 1].map(|overall| Answer { overall, parts: vec![], words: String::new() }).to_vec();
        let result = result(&mixed, 5);
        assert_eq!((result.grades, result.satisfied, result.valid), ([1, 1, 2, 0, 1], 2, 5));
    }
}
