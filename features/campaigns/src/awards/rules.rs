//! What may become of objections, choices and awards. Pure.

use calendar::Calendar;
use identifiers::Phone;
use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal, UserId};

use super::types::{AnswerForm, AwardForm, Choice, Objection, ObjectionForm, Outcome, ProposalForm};
use crate::assessments::types::Notice;

/// Working days within which an objection is answered. The notices print none; the house's own promise, shown as such.
const DAYS_TO_ANSWER: u32 = 5;
const LONGEST_BODY: usize = 2_000;
/// Objections one sender may file within a day.
pub(crate) const MOST_A_DAY: i64 = 10;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AwardRefusal {
    #[error("公示期已满，不能再通过本页提出异议；请书面向活动主办单位反映")]
    NotPosted,
    #[error("这份公示已有更正的新版本，请在最新版本上提出异议")]
    Superseded,
    #[error("您今天提出的异议已达{MOST_A_DAY}件，请明天再提，或书面反映")]
    TooMany,
    #[error("这件异议已经答复")]
    AlreadyAnswered,
    #[error("公示期到{0} 24时才满，现在不能认定")]
    StillPosted(Date),
    #[error("还没有发布公示，不能认定")]
    NothingPosted,
    #[error("还有{0}件异议没有答复，请先答复再认定")]
    ObjectionsOpen(i64),
    #[error("有异议被采纳，请先发布更正公示，公示期满后再认定")]
    CorrectionDue,
    #[error("已经认定过，不重复认定")]
    AlreadyAwarded,
    #[error("这一环节的名额{0}个已经提满")]
    PlacesTaken(u32),
    #[error("这个小区已经提名")]
    AlreadyProposed,
    #[error("提名须由另一人确认，不能自己确认")]
    SamePerson,
    #[error("这一提名已经确认")]
    AlreadyConfirmed,
    #[error("只能从已认定的小区中提名")]
    NotAmongWinners,
    #[error("还没有经第二人确认的上报小区。请先提名，由另一个人确认，再下载上报名单")]
    NobodyChosen,
}

impl Refusal for AwardRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotPosted => "campaigns.not_posted",
            Self::Superseded => "campaigns.notice_superseded",
            Self::TooMany => "campaigns.too_many_objections",
            Self::AlreadyAnswered => "campaigns.already_answered",
            Self::StillPosted(_) => "campaigns.still_posted",
            Self::NothingPosted => "campaigns.nothing_posted",
            Self::ObjectionsOpen(_) => "campaigns.objections_open",
            Self::CorrectionDue => "campaigns.correction_due",
            Self::AlreadyAwarded => "campaigns.already_awarded",
            Self::PlacesTaken(_) => "campaigns.places_taken",
            Self::AlreadyProposed => "campaigns.already_proposed",
            Self::SamePerson => "campaigns.same_person",
            Self::AlreadyConfirmed => "campaigns.already_confirmed",
            Self::NobodyChosen => "campaigns.nobody_chosen",
            Self::NotAmongWinners => "campaigns.not_among_winners",
        }
    }
}

/// An objection as it is kept: its text without numbers, its contact, and the day it is answered by.
pub(crate) struct Filed {
    pub(crate) body: String,
    pub(crate) contact: String,
    pub(crate) due_on: Date,
}

/// 提出异议 — while the newest version is posted, with a way to be answered.
pub(crate) fn object(
    notice: &Notice,
    is_newest: bool,
    form: &ObjectionForm,
    today: Date,
    calendar: &Calendar,
) -> Result<Filed, Problem> {
    if !is_newest {
        return Err(AwardRefusal::Superseded.into());
    }
    if notice.next_step <= today {
        return Err(AwardRefusal::NotPosted.into());
    }
    let mut errors = vec![];
    let body = identifiers::mask_numbers(form.body.trim());
    if body.chars().count() < 5 || LONGEST_BODY < body.chars().count() {
        errors.push(FieldError::new("body", format!("请写明异议的事实和理由，5至{LONGEST_BODY}个字")));
    }
    let name = form.name.trim();
    if name.is_empty() || 40 < name.chars().count() {
        errors.push(FieldError::new("name", "请填写姓名或单位，不超过40个字；只供答复联系，不公开"));
    }
    match Phone::parse(form.phone.trim()) {
        Ok(phone) if errors.is_empty() => Ok(Filed {
            body,
            contact: format!("{name} {}", phone.reveal()),
            due_on: calendar.add_working_days(today, DAYS_TO_ANSWER).on,
        }),
        Ok(_) => Err(Problem::Invalid(errors)),
        Err(fault) => {
            errors.push(FieldError::new("phone", format!("联系电话：{fault}")));
            Err(Problem::Invalid(errors))
        }
    }
}

/// 答复 — once, with reasons everybody can read.
pub(crate) fn answer(objection: &Objection, form: &AnswerForm) -> Result<Outcome, Problem> {
    if objection.outcome != Outcome::Open {
        return Err(AwardRefusal::AlreadyAnswered.into());
    }
    if form.version != objection.version.to_string() {
        return Err(Problem::Conflict);
    }
    outcome(form, "任何人都能看到")
}

/// What an answer says: taken up or not, and why. Objections and appeals are answered alike.
/// `readers` says who will read it.
pub(crate) fn outcome(form: &AnswerForm, readers: &str) -> Result<Outcome, Problem> {
    let answer = identifiers::mask_numbers(form.answer.trim());
    let mut errors = vec![];
    if answer.is_empty() || LONGEST_BODY < answer.chars().count() {
        errors.push(FieldError::new("answer", format!("请写明核查情况和处理理由，{readers}")));
    }
    match form.outcome.as_str() {
        "upheld" if errors.is_empty() => Ok(Outcome::Upheld { answer }),
        "dismissed" if errors.is_empty() => Ok(Outcome::Dismissed { answer }),
        "upheld" | "dismissed" => Err(Problem::Invalid(errors)),
        _ => {
            errors.push(FieldError::new("outcome", "请选择是否采纳"));
            Err(Problem::Invalid(errors))
        }
    }
}

/// 认定 — after the newest list has been posted in full, with every objection answered and every upheld one corrected by a
/// later list. `objections`: how many wait for an answer, and the newest version an upheld one was answered at.
pub(crate) fn award(
    newest: Option<&Notice>,
    objections: (i64, Option<i64>),
    already: bool,
    form: &AwardForm,
    today: Date,
) -> Result<(Date, String), Problem> {
    if already {
        return Err(AwardRefusal::AlreadyAwarded.into());
    }
    let newest = newest.ok_or(AwardRefusal::NothingPosted)?;
    if today < newest.next_step {
        let last = crate::assessments::last_day(newest.posted_on, newest.days);
        return Err(AwardRefusal::StillPosted(last).into());
    }
    // Objections to an earlier version stay to be answered too: a correction does not silence anybody.
    let (open, upheld) = objections;
    if 0 < open {
        return Err(AwardRefusal::ObjectionsOpen(open).into());
    }
    if upheld.is_some_and(|it| newest.version <= it) {
        return Err(AwardRefusal::CorrectionDue.into());
    }
    let mut errors = vec![];
    let on = form.awarded_on.trim().parse::<Date>().ok();
    let on = on.filter(|it| newest.next_step <= *it && *it <= today);
    if on.is_none() {
        let message = format!("认定日期应为{}（公示期满次日）及以后，不晚于今天", newest.next_step);
        errors.push(FieldError::new("awarded_on", message));
    }
    let document = form.document.trim();
    if document.is_empty() || 100 < document.chars().count() {
        errors.push(FieldError::new("document", "请填写认定文件的文号或会议名称，不超过100个字"));
    }
    match on {
        Some(on) if errors.is_empty() => Ok((on, document.to_owned())),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// 提名 — among the winners, within the places, with a reason.
pub(crate) fn propose(
    form: &ProposalForm,
    is_winner: bool,
    proposed: &[Choice],
    places: u32,
) -> Result<String, Problem> {
    if !is_winner {
        return Err(AwardRefusal::NotAmongWinners.into());
    }
    if proposed.iter().any(|it| it.application.to_string() == form.application) {
        return Err(AwardRefusal::AlreadyProposed.into());
    }
    if places as usize <= proposed.len() {
        return Err(AwardRefusal::PlacesTaken(places).into());
    }
    let reason = identifiers::mask_numbers(form.reason.trim());
    if reason.chars().count() < 5 || 500 < reason.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("reason", "请写明提名理由，5至500个字")]));
    }
    Ok(reason)
}

/// 确认 — by somebody else.
pub(crate) fn confirm(choice: &Choice, person: UserId) -> Result<(), AwardRefusal> {
    if choice.confirmed_by.is_some() {
        return Err(AwardRefusal::AlreadyConfirmed);
    }
    if choice.proposed_by == person { Err(AwardRefusal::SamePerson) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn notice(id: i64) -> Notice {
        Notice {
            id: id.into(),
            campaign: 1.into(),
            version: id,
            posted_on: day("2024-09-16"),
            days: 7,
            next_step: day("2024-09-24"),
            lines: vec![],
            reason: String::new(),
        }
    }

    fn check(objections: (i64, Option<i64>), on: &str, today: &str) -> Result<(), &'static str> {
        let form = AwardForm { awarded_on: on.into(), document: "六城管〔2024〕101号".into() };
        match award(Some(&notice(2)), objections, false, &form, day(today)) {
            Ok(_) => Ok(()),
            Err(Problem::Refused { code, .. }) => Err(code),
            Err(Problem::Invalid(errors)) => Err(errors[0].field.to_string().leak()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_title_is_given_only_after_the_posting_with_every_objection_answered() {
        assert_eq!(check((0, None), "2024-09-24", "2024-09-23"), Err("campaigns.still_posted"));
        assert_eq!(check((0, None), "2024-09-24", "2024-09-24"), Ok(()));
        assert_eq!(check((0, None), "2024-09-23", "2024-09-24"), Err("awarded_on"));
        assert_eq!(check((0, None), "2024-09-25", "2024-09-24"), Err("awarded_on"));
        assert_eq!(check((1, None), "2024-09-24", "2024-09-24"), Err("campaigns.objections_open"));
        // Upheld while the second version stood, whichever version it was raised against: a third is due.
        assert_eq!(check((0, Some(2)), "2024-09-24", "2024-09-24"), Err("campaigns.correction_due"));
        // Upheld while the first stood: the second corrects it.
        assert_eq!(check((0, Some(1)), "2024-09-24", "2024-09-24"), Ok(()));
    }

    #[test]
    fn an_objection_is_heard_until_the_last_full_day_and_answered_within_five_working_days() {
        let calendar = Calendar::state_council();
        let form = ObjectionForm {
            body: "公示的满意度与调查不符，电话13800138000".into(),
            name: "张三".into(),
            phone: "13800138000".into(),
            about: String::new(),
        };
        let filed = object(&notice(1), true, &form, day("2024-09-23"), &calendar).unwrap();
        // 9月28日 is a Saturday, 29日 a working Sunday.
        assert_eq!((filed.due_on, filed.contact.as_str()), (day("2024-09-29"), "张三 13800138000"));
        assert!(filed.body.contains("138********"));
        let late = object(&notice(1), true, &form, day("2024-09-24"), &calendar);
        assert!(matches!(late, Err(Problem::Refused { code: "campaigns.not_posted", .. })));
        let old = object(&notice(1), false, &form, day("2024-09-17"), &calendar);
        assert!(matches!(old, Err(Problem::Refused { code: "campaigns.notice_superseded", .. })));
    }

    // covers: BJ-014
    #[test]
    fn three_are_chosen_by_hand_among_the_winners_with_a_reason_and_a_second_person() {
        let form = |application: &str, reason: &str| ProposalForm {
            selection: "ministry".into(),
            application: application.into(),
            reason: reason.into(),
        };
        let choice = |application: i64| Choice {
            id: 1.into(),
            campaign: 1.into(),
            selection: "ministry".into(),
            application: application.into(),
            reason: String::new(),
            proposed_by: UserId::from(1),
            confirmed_by: None,
            version: 1,
        };
        let code = |it: Result<String, Problem>| match it {
            Err(Problem::Refused { code, .. }) => code,
            Err(Problem::Invalid(errors)) => errors[0].field.to_string().leak(),
            _ => "ok",
        };
        let three = [choice(1), choice(2), choice(3)];
        assert_eq!(code(propose(&form("4", "首都特色，可推广可复制"), true, &three[..2], 3)), "ok");
        assert_eq!(
            code(propose(&form("4", "首都特色，可推广可复制"), true, &three, 3)),
            "campaigns.places_taken"
        );
        assert_eq!(
            code(propose(&form("2", "首都特色，可推广可复制"), true, &three[..2], 3)),
            "campaigns.already_proposed"
        );
        assert_eq!(
            code(propose(&form("9", "首都特色，可推广可复制"), false, &[], 3)),
            "campaigns.not_among_winners"
        );
        assert_eq!(code(propose(&form("4", "好"), true, &[], 3)), "reason");
        assert_eq!(confirm(&choice(1), UserId::from(1)), Err(AwardRefusal::SamePerson));
        assert_eq!(confirm(&choice(1), UserId::from(2)), Ok(()));
        let confirmed = Choice { confirmed_by: Some(UserId::from(2)), ..choice(1) };
        assert_eq!(confirm(&confirmed, UserId::from(3)), Err(AwardRefusal::AlreadyConfirmed));
    }
}
