//! Which cases can be confirmed, and what period complaints are counted over. Pure.

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use crate::{
    cases::types::{Kind, Stage, Ticket},
    profiles,
    reporting::category_label,
};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FindingRefusal {
    #[error("“{0}”类诉求不是台账中的查实问题，需要时请在小区页面登记")]
    NotOne(&'static str),
    #[error("这件诉求已经查实并记入台账")]
    AlreadyConfirmed,
    #[error("不予受理、转办、撤回或并案的诉求不能查实")]
    NotOurs,
    #[error("表扬、咨询和建议不能查实为问题")]
    NotComplained,
    #[error("请选择整改情况：未整改或已整改")]
    NoStatus,
    #[error("这一天的投诉统计已经记入台账")]
    AlreadyCounted,
}

impl Refusal for FindingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOne(_) => "tickets.not_a_finding",
            Self::AlreadyConfirmed => "tickets.finding_confirmed",
            Self::NotOurs => "tickets.finding_not_ours",
            Self::NotComplained => "tickets.finding_not_complained",
            Self::NoStatus => "tickets.finding_no_status",
            Self::AlreadyCounted => "tickets.complaints_counted",
        }
    }
}

/// The class of the register a case belongs to, and what its category is called.
pub(crate) fn finding(it: &Ticket) -> Result<(&'static str, &'static str), FindingRefusal> {
    let title = category_label(&it.category);
    if matches!(
        it.stage,
        Stage::Declined { .. } | Stage::Transferred { .. } | Stage::Withdrawn | Stage::Merged { .. }
    ) {
        return Err(FindingRefusal::NotOurs);
    }
    if matches!(it.kind, Kind::Praise | Kind::Question | Kind::Suggestion) {
        return Err(FindingRefusal::NotComplained);
    }
    let class = profiles::rules::category(&it.category).and_then(|it| it.finding.as_deref());
    class.map(|it| (it, title)).ok_or(FindingRefusal::NotOne(title))
}

/// Whether what was found has been put right.
pub(crate) fn status(typed: &str) -> Result<(&'static str, &'static str), FindingRefusal> {
    match typed {
        "open" => Ok(("open", "未整改")),
        "closed" => Ok(("closed", "已整改")),
        _ => Err(FindingRefusal::NoStatus),
    }
}

/// The twelve months that end with a day: after the first, up to and with the second.
pub(crate) fn period(typed: &str, today: Date) -> Result<(Date, Date), Problem> {
    let until = match typed.trim() {
        // The day that is over: today may bring more.
        "" => Ok(today.saturating_sub(1.day())),
        it => it.parse::<Date>().map_err(|_| "请填写统计截止日期，如2024-08-20"),
    };
    let until =
        until.and_then(|it| if it <= today { Ok(it) } else { Err("统计截止日期不能晚于今天") });
    let until = until.map_err(|it| Problem::Invalid(vec![FieldError::new("until", it)]))?;
    Ok((until.saturating_sub(12.months()), until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_the_day_itself() {
        let today: Date = "2024-08-20".parse().unwrap();
        let days = |typed: &str| period(typed, today).map(|it| (it.0.to_string(), it.1.to_string())).ok();
        assert_eq!(days(""), Some(("2023-08-19".into(), "2024-08-19".into())));
        assert_eq!(days("2024-02-29"), Some(("2023-02-28".into(), "2024-02-29".into())));
        assert_eq!((days("2024-08-21"), days("昨天")), (None, None));
    }
}
