//! When a campaign's periods run, and how its quotas are counted. Pure.

use jiff::{Span, ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};
use rules::{Pack, Per, SelectionKind};

use super::types::{AboutForm, Campaign, Contact, CountyQuota, Extension, Period};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OpeningRefusal {
    #[error("“{0}”在{1}已经截止，不能再办理。如确需延期，请活动主办单位说明理由后延期")]
    PeriodOver(String, Date),
    #[error("“{0}”到{1}才截止，名单还会变化，截止之后再发布公示")]
    StillRunning(String, Date),
    #[error("“{0}”从{1}开始，现在还不能办理")]
    PeriodNotBegun(String, Date),
    #[error("这个活动已经撤销，不能再办理。撤销理由：{0}")]
    Withdrawn(String),
    #[error("已经发布公示的活动不能撤销。如确有错误，请更正公示或另行发文")]
    AlreadyPosted,
}

impl Refusal for OpeningRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::PeriodOver(..) => "campaigns.period_over",
            Self::StillRunning(..) => "campaigns.period_running",
            Self::PeriodNotBegun(..) => "campaigns.period_not_begun",
            Self::Withdrawn(_) => "campaigns.withdrawn",
            Self::AlreadyPosted => "campaigns.already_posted",
        }
    }
}

impl Campaign {
    /// Whether anything may still be done in it.
    pub(crate) fn goes_on(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// Nothing is done in a campaign that was withdrawn. Asked after the permit: a stranger is not told of it.
    pub(crate) fn must_go_on(&self) -> Result<(), Problem> {
        match &self.withdrawn {
            None => Ok(()),
            Some((_, reason)) => Err(OpeningRefusal::Withdrawn(reason.clone()).into()),
        }
    }
}

/// 撤销 — with a reason everybody who takes part can read, and only while no list was posted.
pub(crate) fn withdraw(reason: &str, posted: bool) -> Result<String, Problem> {
    if posted {
        return Err(OpeningRefusal::AlreadyPosted.into());
    }
    let reason = identifiers::mask_numbers(reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        let message = "请写明撤销的理由，不超过200个字，各单位都能看到";
        return Err(Problem::Invalid(vec![FieldError::new("withdrawn", message)]));
    }
    Ok(reason)
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
pub(crate) fn must_be_running(period: &Period, today: Date) -> Result<(), Problem> {
    match (period.starts_on, period.ends_on) {
        (Some(start), _) if today < start => {
            Err(OpeningRefusal::PeriodNotBegun(period.title.clone(), start).into())
        }
        (_, Some(end)) if end < today => Err(OpeningRefusal::PeriodOver(period.title.clone(), end).into()),
        _ => Ok(()),
    }
}

/// How far the campaign's own end may be put off at once.
fn most_extension() -> Span {
    180.days()
}

/// 延期, or putting a mistaken one right: later than the notice printed, and within the campaign. What ends the campaign
/// itself may be put off by half a year at most.
pub(crate) fn extend(
    period: &Period,
    all: &[Period],
    form: &Extension,
    today: Date,
) -> Result<Period, Problem> {
    let mut errors = vec![];
    let ends_on = form.ends_on.trim().parse::<Date>().ok();
    let others = all.iter().filter(|it| it.code != period.code);
    let last = others.clone().filter_map(|it| it.ends_on).max();
    // The period the notice itself ends with is the campaign's end; the others stay within it.
    let printed = |it: &Period| it.printed_on.or(it.ends_on);
    let closes = others.clone().all(|it| printed(it) <= printed(period));
    let latest = match (last, printed(period)) {
        (_, Some(own)) if closes => own.saturating_add(most_extension()),
        (Some(last), _) => last,
        (None, _) => today.saturating_add(most_extension()),
    };
    // One that was extended before may be set to any day from the printed one on: a slip of the pen is put right so.
    let right = match (period.printed_on, period.ends_on) {
        (Some(printed), now) => ends_on.is_some_and(|it| printed <= it && today <= it && Some(it) != now),
        (None, Some(before)) => ends_on.is_some_and(|it| before < it && today <= it),
        (None, None) => ends_on.is_some_and(|it| today <= it),
    };
    if !right {
        let message = match period.printed_on {
            Some(printed) => format!("新的截止日期应不早于通知原定的{printed}和今天，并与现在的不同"),
            None => "新的截止日期应晚于原截止日期，且不早于今天".to_owned(),
        };
        errors.push(FieldError::new("ends_on", message));
    } else if ends_on.is_some_and(|it| latest < it) {
        errors.push(FieldError::new(
            "ends_on",
            format!("不能晚于{latest}：整个活动到那时结束。确需更晚的，请先延长最后一个阶段"),
        ));
    }
    if form.reason.trim().is_empty() {
        errors.push(FieldError::new("reason", "请写明延期或更正的理由，所有县区都能看到"));
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

/// A list is posted when nobody may be recommended any more: what is still coming in would be left out of it.
pub(crate) fn must_be_over(periods: &[Period], codes: &[&str], today: Date) -> Result<(), Problem> {
    let running = periods
        .iter()
        .find(|it| codes.contains(&it.code.as_str()) && it.ends_on.is_some_and(|it| today <= it));
    match running.and_then(|it| Some((it, it.ends_on?))) {
        Some((it, end)) => Err(OpeningRefusal::StillRunning(it.title.clone(), end).into()),
        None => Ok(()),
    }
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
        let running = |code: &str, today| {
            must_be_running(periods.iter().find(|it| it.code == code).unwrap(), day(today))
        };
        assert!(running("apply", "2024-08-15").is_ok());
        assert!(matches!(
            running("apply", "2024-08-16"),
            Err(Problem::Refused { code: "campaigns.period_over", .. })
        ));
        assert!(matches!(
            running("assess", "2024-08-14"),
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
        let end = Period { code: "conclude".into(), ends_on: Some(day("2024-10-10")), ..period.clone() };
        let all = [period.clone(), end.clone()];
        let extended = extend(&period, &all, &form("2024-08-25", "防汛"), day("2024-08-20")).unwrap();
        assert_eq!(
            (extended.ends_on, extended.printed_on),
            (Some(day("2024-08-25")), Some(day("2024-08-15")))
        );
        for (ends_on, reason) in [("2024-08-15", "x"), ("2024-08-19", "x"), ("2024-08-25", " ")] {
            assert!(extend(&period, &all, &form(ends_on, reason), day("2024-08-20")).is_err());
        }
        // Not beyond the campaign, whose own end moves by half a year at most; a slip is put right afterwards.
        let on = |period: &Period, ends_on: &str| {
            extend(period, &all, &form(ends_on, "更正"), day("2024-08-20")).map(|it| it.ends_on)
        };
        assert!(on(&period, "2034-08-01").is_err() && on(&period, "2024-10-11").is_err());
        assert_eq!(on(&period, "2024-10-10").unwrap(), Some(day("2024-10-10")));
        assert!(on(&end, "2034-08-01").is_err());
        assert_eq!(on(&end, "2024-12-31").unwrap(), Some(day("2024-12-31")));
        // Nor in two steps: what already reaches the campaign's end goes no further.
        let reaching = Period { ends_on: Some(day("2024-10-10")), ..extended.clone() };
        let both = [reaching.clone(), end.clone()];
        assert!(extend(&reaching, &both, &form("2024-12-31", "再延"), day("2024-08-20")).is_err());
        let slipped = Period { ends_on: Some(day("2024-10-01")), ..extended };
        assert_eq!(on(&slipped, "2024-08-25").unwrap(), Some(day("2024-08-25")));
        assert!(on(&slipped, "2024-10-01").is_err() && on(&slipped, "2024-08-14").is_err());
    }
}
