//! Which cases can be confirmed, and what period complaints are counted over. Pure.

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use crate::{
    cases::types::{Stage, Ticket},
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
    #[error("这一天的投诉统计已经记入台账")]
    AlreadyCounted,
}

impl Refusal for FindingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOne(_) => "tickets.not_a_finding",
            Self::AlreadyConfirmed => "tickets.finding_confirmed",
            Self::NotOurs => "tickets.finding_not_ours",
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
    let class = profiles::rules::category(&it.category).and_then(|it| it.finding.as_deref());
    class.map(|it| (it, title)).ok_or(FindingRefusal::NotOne(title))
}

/// The twelve months that end with a day: after the first, up to and with the second.
pub(crate) fn period(typed: &str, today: Date) -> Result<(Date, Date), Problem> {
    let until = match typed.trim() {
        "" => Ok(today),
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
        assert_eq!(days(""), Some(("2023-08-20".into(), "2024-08-20".into())));
        assert_eq!(days("2024-02-29"), Some(("2023-02-28".into(), "2024-02-29".into())));
        assert_eq!((days("2024-08-21"), days("昨天")), (None, None));
    }
}
