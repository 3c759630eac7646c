//! What a report must hold, and when it is late. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};
use rules::{Form, Pack};

use super::types::{Report, Typed};

const LONGEST_SECTION: usize = 5_000;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReportRefusal {
    #[error("报告已经报送，不能再修改。如需补充，请联系活动主办单位退回")]
    Submitted,
    #[error("报告还没有报送，不能退回")]
    NotSubmitted,
}

impl Refusal for ReportRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Submitted => "campaigns.report_submitted",
            Self::NotSubmitted => "campaigns.report_not_submitted",
        }
    }
}

/// The sections as they are kept; every one is written before the report is handed in.
pub(crate) fn sections(
    form: &Form,
    typed: &Typed,
    handing_in: bool,
) -> Result<Vec<(String, String)>, Problem> {
    let (mut sections, mut errors) = (vec![], vec![]);
    for (n, title) in form.parts.iter().enumerate() {
        let text = identifiers::mask_numbers(typed.get(&format!("section-{n}")).map_or("", |it| it.trim()));
        if LONGEST_SECTION < text.chars().count() {
            errors.push(FieldError::new("sections", format!("“{title}”不超过{LONGEST_SECTION}个字，请精简")));
        }
        if handing_in && text.is_empty() {
            errors.push(FieldError::new("sections", format!("请填写“{title}”后再报送；可以先保存")));
        }
        sections.push((title.clone(), text));
    }
    if errors.is_empty() { Ok(sections) } else { Err(Problem::Invalid(errors)) }
}

/// A form of the notice that is owed by a day.
pub(crate) fn form<'a>(pack: &'a Pack, code: &str) -> Result<&'a Form, Problem> {
    pack.forms.iter().find(|it| it.code == code && it.period.is_some()).ok_or(Problem::NotFound)
}

/// Whether the campaign's owner writes it, for the office above (BJ-016), and not every county.
pub(crate) fn by_city(pack: &Pack, form: &Form) -> bool {
    let period = pack.periods.iter().find(|it| Some(&it.code) == form.period.as_ref());
    period.is_some_and(|it| it.by.as_deref() == Some("city"))
}

/// How a report stands on `today`, against the last day it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Handed {
        late_days: i32,
    },
    Due {
        days_left: i32,
    },
    Overdue {
        days: i32,
    },
    /// Handed in once, and sent back for more: the day it first came is what counts.
    SentBack,
    /// The notice names no day.
    Open,
}

pub(crate) fn standing(report: Option<&Report>, due: Option<Date>, today: Date) -> Standing {
    let handed = report.and_then(|it| it.handed_at).map(kernel::beijing_date);
    if handed.is_some() && report.is_some_and(|it| it.submitted_at.is_none()) {
        return Standing::SentBack;
    }
    match (handed, due) {
        (Some(on), due) => Standing::Handed { late_days: due.map_or(0, |due| (on - due).get_days().max(0)) },
        (None, None) => Standing::Open,
        (None, Some(due)) if due < today => Standing::Overdue { days: (today - due).get_days() },
        (None, Some(due)) => Standing::Due { days_left: (due - today).get_days() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn report(at: Option<&str>) -> Report {
        Report {
            id: 1.into(),
            campaign: 1.into(),
            form: "work-report".into(),
            sections: vec![],
            submitted_at: at.map(|it| it.parse().unwrap()),
            handed_at: at.map(|it| it.parse().unwrap()),
            version: 1,
        }
    }

    // covers: LA-025
    #[test]
    fn a_report_is_due_through_its_last_day_and_late_from_midnight() {
        let due = Some(day("2024-09-15"));
        assert_eq!(standing(None, due, day("2024-09-15")), Standing::Due { days_left: 0 });
        assert_eq!(standing(None, due, day("2024-09-16")), Standing::Overdue { days: 1 });
        // Half past eleven at night in Beijing is still the 15th.
        let last = report(Some("2024-09-15T15:30:00Z"));
        assert_eq!(standing(Some(&last), due, day("2024-09-20")), Standing::Handed { late_days: 0 });
        let late = report(Some("2024-09-15T16:00:00Z"));
        assert_eq!(standing(Some(&late), due, day("2024-09-20")), Standing::Handed { late_days: 1 });
        let back = Report { submitted_at: None, ..last };
        assert_eq!(standing(Some(&back), due, day("2024-09-20")), Standing::SentBack);
        let again = Report { submitted_at: Some("2024-09-20T01:00:00Z".parse().unwrap()), ..back };
        assert_eq!(standing(Some(&again), due, day("2024-09-20")), Standing::Handed { late_days: 0 });
    }

    #[test]
    fn a_report_is_saved_with_gaps_and_handed_in_without() {
        let form = Form {
            code: "work-report".into(),
            title: "报告".into(),
            parts: ["主要做法成效", "存在问题", "建议"].map(str::to_owned).to_vec(),
            period: None,
        };
        let typed: Typed = [("section-0".to_owned(), "建立联席会议，电话13800138000".to_owned())].into();
        let kept = sections(&form, &typed, false).unwrap();
        assert_eq!(kept[0].1, "建立联席会议，电话138********");
        let Err(Problem::Invalid(errors)) = sections(&form, &typed, true) else { panic!() };
        assert_eq!(errors.len(), 2);
    }
}
