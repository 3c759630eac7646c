//! When a campaign's periods run, and how its quotas are counted. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};
use rules::{Pack, Per, SelectionKind};

use super::types::{AboutForm, Contact, CountyQuota, Extension, Period};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OpeningRefusal {
    #[error("本市已经开展了“{0}”，同一通知不重复开展")]
    AlreadyOpen(String),
    #[error("“{0}”在{1}已经截止，不能再办理。如确需延期，请活动主办单位说明理由后延期")]
    PeriodOver(String, Date),
    #[error("“{0}”从{1}开始，现在还不能办理")]
    PeriodNotBegun(String, Date),
}

impl Refusal for OpeningRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyOpen(_) => "campaigns.already_open",
            Self::PeriodOver(..) => "campaigns.period_over",
            Self::PeriodNotBegun(..) => "campaigns.period_not_begun",
        }
    }
}

pub(crate) fn periods(pack: &Pack) -> Vec<Period> {
    let period = |it: &rules::Period| Period {
        code: it.code.clone(),
        title: it.title.clone(),
        starts_on: it.from,
        ends_on: it.to,
        printed_on: None,
        reason: None,
    };
    pack.periods.iter().map(period).collect()
}

/// The places of every county in every selection it makes itself (LA-018; BJ-008, BJ-012).
pub(crate) fn quotas(pack: &Pack, communities: &[(i64, i64)]) -> Vec<CountyQuota> {
    let own =
        pack.cascade.selections.iter().filter(|it| it.per == Per::County && it.kind == SelectionKind::ByRank);
    own.flat_map(|selection| {
        communities.iter().filter_map(|(tenant, n)| {
            let places = i64::from(selection.quota.places(u32::try_from(*n).ok())?);
            Some(CountyQuota {
                tenant: *tenant,
                selection: selection.code.clone(),
                communities: *n,
                places,
                used: 0,
            })
        })
    })
    .collect()
}

/// The last day is included, until midnight (domain, decision 7).
pub(crate) fn must_be_running(periods: &[Period], codes: &[&str], today: Date) -> Result<(), Problem> {
    let Some(period) = codes.iter().find_map(|code| periods.iter().find(|it| it.code == *code)) else {
        return Ok(());
    };
    match (period.starts_on, period.ends_on) {
        (Some(start), _) if today < start => {
            Err(OpeningRefusal::PeriodNotBegun(period.title.clone(), start).into())
        }
        (_, Some(end)) if end < today => Err(OpeningRefusal::PeriodOver(period.title.clone(), end).into()),
        _ => Ok(()),
    }
}

pub(crate) fn extend(period: &Period, form: &Extension, today: Date) -> Result<Period, Problem> {
    let mut errors = vec![];
    let ends_on = form.ends_on.trim().parse::<Date>().ok();
    if ends_on.is_none_or(|it| it < today || period.ends_on.is_some_and(|before| it <= before)) {
        errors.push(FieldError::new("ends_on", "新的截止日期应晚于原截止日期，且不早于今天"));
    }
    if form.reason.trim().is_empty() {
        errors.push(FieldError::new("reason", "请写明延期理由，所有县区都能看到"));
    }
    let Some(ends_on) = ends_on.filter(|_| errors.is_empty()) else { return Err(Problem::Invalid(errors)) };
    let reason = Some(form.reason.trim().to_owned());
    Ok(Period {
        printed_on: period.printed_on.or(period.ends_on),
        ends_on: Some(ends_on),
        reason,
        ..period.clone()
    })
}

/// The office people may call: its own number and mail, as the notice prints them; a person's mobile number is refused.
pub(crate) fn contact(form: &AboutForm) -> Result<Contact, Vec<FieldError>> {
    let mut errors = vec![];
    let (office, phone, email) = (form.office.trim(), form.phone.trim(), form.email.trim());
    if 40 < office.chars().count() {
        errors.push(FieldError::new("office", "联系科室不超过40个字，写科室，不写个人姓名"));
    }
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let shaped = phone.chars().all(|it| it.is_ascii_digit() || matches!(it, '-' | ' ' | '转'));
    let mobile = digits == 11 && phone.starts_with('1') && !phone.contains('-');
    if mobile {
        errors.push(FieldError::new("phone", "请填写单位的办公电话，不要公开个人手机号码"));
    } else if !phone.is_empty() && (!shaped || !(5..=16).contains(&digits)) {
        errors.push(FieldError::new("phone", "办公电话写成 0564-1234567，或5位短号"));
    }
    let at = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !email.is_empty() && (!at || 80 < email.len() || email.contains(char::is_whitespace)) {
        errors.push(FieldError::new("email", "邮箱写成 name@example.cn"));
    }
    let contact = Contact { office: office.to_owned(), phone: phone.to_owned(), email: email.to_owned() };
    if errors.is_empty() { Ok(contact) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    // covers: LA-012, LA-018
    #[test]
    fn luans_counties_recommend_three_per_cent_rounded_down_and_at_least_one() {
        let pack = packs::named("luan-2024-beautiful-home").unwrap();
        let places: Vec<_> =
            quotas(&pack, &[(5, 140), (3, 20), (1, 67)]).iter().map(|it| it.places).collect();
        assert_eq!(places, [4, 1, 2]);
        let periods = periods(&pack);
        assert!(must_be_running(&periods, &["apply"], day("2024-08-15")).is_ok());
        assert!(matches!(
            must_be_running(&periods, &["apply"], day("2024-08-16")),
            Err(Problem::Refused { code: "campaigns.period_over", .. })
        ));
        assert!(matches!(
            must_be_running(&periods, &["assess"], day("2024-08-14")),
            Err(Problem::Refused { code: "campaigns.period_not_begun", .. })
        ));
    }

    // covers: BJ-008, BJ-012
    #[test]
    fn beijings_districts_choose_ten_and_nominate_three() {
        let pack = packs::named("beijing-2023-beautiful-home").unwrap();
        let places: Vec<_> =
            quotas(&pack, &[(1, 500)]).into_iter().map(|it| (it.selection, it.places)).collect();
        assert_eq!(places, [("district".to_owned(), 10), ("nomination".to_owned(), 3)]);
    }

    // covers: LA-031
    #[test]
    fn an_office_is_reached_and_no_persons_own_number_is_published() {
        let wrong = |office: &str, phone: &str, email: &str| {
            let form = AboutForm {
                office: office.into(),
                phone: phone.into(),
                email: email.into(),
                linked: String::new(),
            };
            contact(&form).err().unwrap_or_default().into_iter().map(|it| it.field).collect::<Vec<_>>()
        };
        assert_eq!(wrong("物业管理科", "0564-5376020", "wyk@example.cn"), Vec::<&str>::new());
        assert_eq!(wrong("", "", ""), Vec::<&str>::new());
        assert_eq!(wrong("", "12345", ""), Vec::<&str>::new());
        assert_eq!(wrong("", "13800138000", ""), ["phone"]);
        assert_eq!(wrong("", "找小王", "a b@c"), ["phone", "email"]);
    }

    #[test]
    fn an_extension_moves_forward_and_says_why() {
        let period = Period {
            code: "apply".into(),
            title: "申请推荐".into(),
            starts_on: None,
            ends_on: Some(day("2024-08-15")),
            printed_on: None,
            reason: None,
        };
        let form = |ends_on: &str, reason: &str| Extension {
            period: "apply".into(),
            ends_on: ends_on.into(),
            reason: reason.into(),
        };
        let extended = extend(&period, &form("2024-08-25", "防汛"), day("2024-08-20")).unwrap();
        assert_eq!(
            (extended.ends_on, extended.printed_on),
            (Some(day("2024-08-25")), Some(day("2024-08-15")))
        );
        for (ends_on, reason) in [("2024-08-15", "x"), ("2024-08-19", "x"), ("2024-08-25", " ")] {
            assert!(extend(&period, &form(ends_on, reason), day("2024-08-20")).is_err());
        }
    }
}
