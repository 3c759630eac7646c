//! When a session may be held, what its record must say, what it decided. Pure.

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use super::types::{Calling, Ending, Held, Recording, Session, Stage};
use crate::{affairs::said, committees::types::Committee};

/// 提前公布议程: whole days before the session (Art. 39).
const NOTICE_DAYS: i64 = 7;
/// 提议后: the session is held within so many days (Art. 37).
const PROPOSED_DAYS: i64 = 7;
/// 决定公布: within so many days of the session (Art. 39).
pub(crate) const POST_DAYS: i64 = 3;
const MOST_ITEMS: usize = 12;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SessionRefusal {
    #[error("这一届已经结束，不能再召集会议")]
    Ended,
    #[error("这次会议已经登记过记录，或已取消")]
    NotCalled,
    #[error("会议定在{0}，会后再登记记录")]
    NotYet(Date),
    #[error("这次会议没有形成决定，不用公布")]
    NothingDecided,
    #[error("这次会议的决定已经公布过")]
    Published,
}

impl Refusal for SessionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Ended => "assemblies.session_ended",
            Self::NotCalled => "assemblies.session_not_called",
            Self::NotYet(_) => "assemblies.session_not_yet",
            Self::NothingDecided => "assemblies.session_undecided",
            Self::Published => "assemblies.session_published",
        }
    }
}

/// The session as called for, before it has a number.
pub(crate) fn call(committee: &Committee, form: &Calling, today: Date) -> Result<Session, Problem> {
    if committee.ended.is_some() {
        return Err(SessionRefusal::Ended.into());
    }
    let mut errors = vec![];
    let title = said("title", &form.title, 60, "请填写会议名称，如“2024年第三次会议”", &mut errors);
    let room = said("room", &form.room, 60, "请填写会议地点", &mut errors);
    let agenda: Vec<String> = form
        .agenda
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(identifiers::mask_numbers)
        .collect();
    if agenda.is_empty() || MOST_ITEMS < agenda.len() || agenda.iter().any(|it| 100 < it.chars().count()) {
        let message = format!("请逐行填写议题，1至{MOST_ITEMS}项，每项不超过100个字");
        errors.push(FieldError::new("agenda", message));
    }
    if agenda.iter().enumerate().any(|(n, it)| agenda[..n].contains(it)) {
        errors.push(FieldError::new("agenda", "议题有重复的，请核对"));
    }
    let typed = form.proposed_on.trim();
    let proposed_on = typed.parse::<Date>().ok().filter(|it| committee.elected_on <= *it && *it <= today);
    if !typed.is_empty() && proposed_on.is_none() {
        errors.push(FieldError::new("proposed_on", "请填写委员提议的日期，不晚于今天；不是委员提议的请留空"));
    }
    let sitting = committee.sitting().count();
    let proposers = identifiers::narrowed(&form.proposers).parse::<usize>().unwrap_or(0);
    if proposed_on.is_some() && (proposers * 3 < sitting || sitting < proposers) {
        let message =
            format!("提议的委员应不少于三分之一（全体{sitting}人），请填写人数；不够的按提前7日召集");
        errors.push(FieldError::new("proposers", message));
    }
    let held_on = held_on(form.held_on.trim(), proposed_on, today).map_err(|it| errors.push(it)).ok();
    if held_on.is_some_and(|it| committee.term_ends_on < it) {
        let message = format!("会议应在本届任期内（到{}）召开", committee.term_ends_on);
        errors.push(FieldError::new("held_on", message));
    }
    match held_on {
        Some(held_on) if errors.is_empty() => Ok(Session {
            committee: committee.id,
            n: 0,
            title,
            agenda,
            room,
            called_on: today,
            proposed_on,
            held_on,
            stage: Stage::Called,
            version: 1,
        }),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// A week's notice; what a third of the members asked for is held within a week of their asking.
fn held_on(typed: &str, proposed_on: Option<Date>, today: Date) -> Result<Date, FieldError> {
    let wrong = |message: String| FieldError::new("held_on", message);
    let day = typed.parse::<Date>().map_err(|_| wrong("请填写会议日期".to_owned()))?;
    match proposed_on {
        Some(asked) => {
            let last = asked.saturating_add(PROPOSED_DAYS.days());
            let right = today <= day && day <= last;
            right.then_some(day).ok_or_else(|| {
                wrong(format!("三分之一以上委员提议的，应在提议后{PROPOSED_DAYS}日内召开，最迟{last}"))
            })
        }
        None => {
            let first = today.saturating_add(NOTICE_DAYS.days());
            let right = first <= day;
            right
                .then_some(day)
                .ok_or_else(|| wrong(format!("议程应提前{NOTICE_DAYS}日公布，会议最早{first}召开")))
        }
    }
}

pub(crate) fn must_be_called(it: &Session) -> Result<(), SessionRefusal> {
    if it.stage == Stage::Called { Ok(()) } else { Err(SessionRefusal::NotCalled) }
}

/// 会议记录: who came, how many signed for each item.
pub(crate) fn record(
    committee: &Committee,
    it: &Session,
    form: &Recording,
    today: Date,
) -> Result<Held, Problem> {
    must_be_called(it)?;
    if today < it.held_on {
        return Err(SessionRefusal::NotYet(it.held_on).into());
    }
    let mut errors = vec![];
    let sits = |at: &usize| {
        let member = committee.members.get(*at);
        member.is_some_and(|it| committee.sitting().any(|known| std::ptr::eq(known, it)))
    };
    let mut present: Vec<usize> = form.present.iter().filter_map(|it| it.parse().ok()).filter(sits).collect();
    present.sort_unstable();
    present.dedup();
    let sitting = committee.sitting().count();
    let record = said("record", &form.record, 2000, "请填写会议记录：各委员的意见、决定的内容", &mut errors);
    let mut held = Held { present, sitting, agreed: vec![], record, published_on: None };
    if held.has_quorum() {
        for (n, item) in it.agenda.iter().enumerate() {
            let typed = form.agreed.get(n).map_or("", |it| it.trim());
            match typed.parse::<usize>().ok().filter(|it| *it <= held.present.len()) {
                Some(agreed) => held.agreed.push(agreed),
                None => errors.push(FieldError::new(
                    "agreed",
                    format!(
                        "“{item}”：请填写签字同意的人数，0至{}人（到会人数；不能委托）",
                        held.present.len()
                    ),
                )),
            }
        }
    }
    if errors.is_empty() { Ok(held) } else { Err(Problem::Invalid(errors)) }
}

/// 公布决定.
pub(crate) fn publish(it: &Session, form: &Ending, today: Date) -> Result<Held, Problem> {
    let Stage::Held(held) = &it.stage else { return Err(SessionRefusal::NothingDecided.into()) };
    if !held.has_quorum() {
        return Err(SessionRefusal::NothingDecided.into());
    }
    if held.published_on.is_some() {
        return Err(SessionRefusal::Published.into());
    }
    let on = form.published_on.trim().parse::<Date>().ok().filter(|on| it.held_on <= *on && *on <= today);
    let on = on.ok_or_else(|| {
        let message = format!("请填写公布日期，不早于会议当天（{}）、不晚于今天", it.held_on);
        Problem::Invalid(vec![FieldError::new("published_on", message)])
    })?;
    Ok(Held { published_on: Some(on), ..held.clone() })
}

pub(crate) fn cancel(it: &Session, form: &Ending) -> Result<String, Problem> {
    must_be_called(it)?;
    let mut errors = vec![];
    let reason = said("reason", &form.reason, 200, "请写明取消的理由", &mut errors);
    if errors.is_empty() { Ok(reason) } else { Err(Problem::Invalid(errors)) }
}

/// The last day on which what was decided is posted in time.
pub(crate) fn post_by(it: &Session) -> Date {
    it.held_on.saturating_add(POST_DAYS.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn held(present: usize, sitting: usize, agreed: usize) -> Held {
        Held {
            present: (0..present).collect(),
            sitting,
            agreed: vec![agreed],
            record: String::new(),
            published_on: None,
        }
    }

    // 指导规则 Art. 38, at the number itself and on both sides of it.
    #[test]
    fn more_than_half_come_and_half_of_all_agree() {
        for (present, sitting, quorum) in
            [(2, 5, false), (3, 5, true), (3, 6, false), (4, 6, true), (0, 0, false)]
        {
            assert_eq!(held(present, sitting, 0).has_quorum(), quorum, "{present}/{sitting}");
        }
        for (agreed, sitting, passes) in [(2, 5, false), (3, 5, true), (3, 6, true), (2, 6, false)] {
            assert_eq!(held(sitting, sitting, agreed).has_passed(0), passes, "{agreed}/{sitting}");
        }
        assert!(!held(2, 5, 3).has_passed(0), "nothing passes without a quorum");
    }

    #[test]
    fn a_week_ahead_unless_a_third_asked_for_it() {
        let today = date(2024, 8, 20);
        let on = |day: &str, asked| held_on(day, asked, today).map_err(|it| it.message);
        assert_eq!(on("2024-08-27", None), Ok(date(2024, 8, 27)));
        assert_eq!(on("2024-08-26", None), Err("议程应提前7日公布，会议最早2024-08-27召开".to_owned()));
        let asked = Some(date(2024, 8, 16));
        assert_eq!(on("2024-08-23", asked), Ok(date(2024, 8, 23)));
        assert_eq!(
            on("2024-08-24", asked),
            Err("三分之一以上委员提议的，应在提议后7日内召开，最迟2024-08-23".to_owned())
        );
        assert!(on("2024-08-19", asked).is_err());
    }
}
