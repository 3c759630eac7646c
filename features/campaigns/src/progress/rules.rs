//! What an assessment of progress must say. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Progress, ProgressForm, Verdict};

const LONGEST: usize = 2_000;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ProgressRefusal {
    #[error("这份评估已经回应过")]
    Answered,
}

impl Refusal for ProgressRefusal {
    fn code(&self) -> &'static str {
        "campaigns.progress_answered"
    }
}

/// What was seen, as it is kept.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) tenant: i64,
    pub(crate) on: Date,
    pub(crate) verdict: Verdict,
    pub(crate) found: String,
    pub(crate) advice: String,
}

pub(crate) fn seen(form: &ProgressForm, counties: &[i64], today: Date) -> Result<Seen, Problem> {
    let mut errors = vec![];
    let tenant = form.county.parse::<i64>().ok().filter(|it| counties.contains(it));
    if tenant.is_none() {
        errors.push(FieldError::new("county", "请选择县区"));
    }
    let on = form.seen_on.trim().parse::<Date>().ok().filter(|it| *it <= today);
    if on.is_none() {
        errors.push(FieldError::new("seen_on", "请填写评估日期，不晚于今天"));
    }
    let verdict = Verdict::from_code(&form.verdict);
    if verdict.is_none() {
        errors.push(FieldError::new("verdict", "请选择进度判断"));
    }
    let found = identifiers::mask_numbers(form.found.trim());
    if found.chars().count() < 5 || LONGEST < found.chars().count() {
        errors.push(FieldError::new("found", format!("请写明看到的情况和依据，5至{LONGEST}个字")));
    }
    let advice = identifiers::mask_numbers(form.advice.trim());
    if verdict == Some(Verdict::Behind) && advice.is_empty() {
        errors.push(FieldError::new("advice", "判断为滞后的，请写明建议"));
    }
    if LONGEST < advice.chars().count() {
        errors.push(FieldError::new("advice", format!("建议不超过{LONGEST}个字")));
    }
    match (tenant, on, verdict) {
        (Some(tenant), Some(on), Some(verdict)) if errors.is_empty() => {
            Ok(Seen { tenant, on, verdict, found, advice })
        }
        _ => Err(Problem::Invalid(errors)),
    }
}

pub(crate) fn answer(progress: &Progress, text: &str) -> Result<String, Problem> {
    if progress.answer.is_some() {
        return Err(ProgressRefusal::Answered.into());
    }
    let text = identifiers::mask_numbers(text.trim());
    if text.chars().count() < 5 || LONGEST < text.chars().count() {
        let message = format!("请写明整改安排，5至{LONGEST}个字；回应后不能再改");
        return Err(Problem::Invalid(vec![FieldError::new("answer", message)]));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_called_behind_is_told_what_to_do() {
        let check = |county: &str, on: &str, verdict: &str, advice: &str| {
            let form = ProgressForm {
                county: county.into(),
                seen_on: on.into(),
                verdict: verdict.into(),
                found: "三个小区尚未填报".into(),
                advice: advice.into(),
            };
            match seen(&form, &[1, 2], "2024-08-20".parse().unwrap()) {
                Ok(it) => vec![it.tenant.to_string()],
                Err(Problem::Invalid(errors)) => errors.iter().map(|it| it.field.to_string()).collect(),
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(check("2", "2024-08-20", "on_course", ""), ["2"]);
        assert_eq!(check("2", "2024-08-20", "behind", " "), ["advice"]);
        assert_eq!(check("3", "2024-08-21", "", ""), ["county", "seen_on", "verdict"]);
    }
}
