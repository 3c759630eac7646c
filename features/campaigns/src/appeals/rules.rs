//! What may become of an appeal. Pure.

use calendar::Calendar;
use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Appeal, AppealForm, Hearing, HearingForm, Subject};
use crate::{
    awards::{AnswerForm, Outcome, outcome},
    openings::types::CampaignId,
};

/// Working days within which an appeal is answered. The notices print none; the house's own promise, shown as such.
pub(crate) const DAYS_TO_ANSWER: u32 = 5;
/// Working days in which scores may be appealed against; the owner chooses within these.
const FEWEST_DAYS: u32 = 2;
const MOST_DAYS: u32 = 15;
const LONGEST_BODY: usize = 2_000;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AppealRefusal {
    #[error("还没有参评小区，不能告知得分")]
    NothingScored,
    #[error("还有小区的评分表没有全部锁定：{0}。全部锁定后再告知，各申报单位的申诉期才一样长")]
    StillScoring(String),
    #[error("这一项已经答复过，不重复受理；名单公示后可以在公示页面提出异议")]
    AlreadyDecided,
    #[error("得分已在{0}告知，不重复告知")]
    AlreadyTold(Date),
    #[error("名单已经公示，请在公示页面提出异议")]
    AlreadyPosted,
    #[error("这一项已有申诉正在核查，请等待答复")]
    AlreadyRaised,
    #[error("申诉期到{0} 24时已满，不能再提出申诉；名单公示后可以提出异议")]
    Over(Date),
    #[error("得分还没有告知，现在只能对原则要求和一票否决提出申诉")]
    NotTold,
    #[error("这件申诉已经答复")]
    AlreadyAnswered,
    #[error("还有{0}件申诉没有答复，请先在“申诉”中答复再公示")]
    Open(usize),
    #[error(
        "已采纳的申诉还没有落实：{0}。得分的，请作废有误的评分表并重新分配、锁定；要求和否决的，请更正台账记录，再在“台账数据核定”中重新核定"
    )]
    NotSettled(String),
    #[error("申诉期到{0} 24时才满，期满后再公示")]
    StillOpen(Date),
}

impl Refusal for AppealRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingScored => "campaigns.nothing_scored",
            Self::StillScoring(_) => "campaigns.still_scoring",
            Self::AlreadyDecided => "campaigns.appeal_decided",
            Self::AlreadyTold(_) => "campaigns.scores_told",
            Self::AlreadyPosted => "campaigns.already_posted",
            Self::AlreadyRaised => "campaigns.appeal_raised",
            Self::Over(_) => "campaigns.appeals_over",
            Self::NotTold => "campaigns.scores_not_told",
            Self::AlreadyAnswered => "campaigns.appeal_answered",
            Self::Open(_) => "campaigns.appeals_open",
            Self::NotSettled(_) => "campaigns.appeals_not_settled",
            Self::StillOpen(_) => "campaigns.appeals_still_open",
        }
    }
}

/// 告知得分 — once, for so many working days, when everybody is scored. `waiting`: the candidates whose sheets are not all locked;
/// nothing without candidates.
pub(crate) fn tell(
    campaign: CampaignId,
    before: Option<Hearing>,
    waiting: Option<&Vec<String>>,
    form: &HearingForm,
    today: Date,
    calendar: &Calendar,
) -> Result<Hearing, Problem> {
    if let Some(before) = before {
        return Err(AppealRefusal::AlreadyTold(before.opened_on).into());
    }
    let waiting = waiting.ok_or(AppealRefusal::NothingScored)?;
    if !waiting.is_empty() {
        return Err(AppealRefusal::StillScoring(waiting.join("、")).into());
    }
    match form.days.trim().parse() {
        Ok(days @ FEWEST_DAYS..=MOST_DAYS) => {
            Ok(Hearing { campaign, opened_on: today, closes_on: calendar.add_working_days(today, days).on })
        }
        _ => {
            let says = format!("请填写{FEWEST_DAYS}至{MOST_DAYS}个工作日");
            Err(Problem::Invalid(vec![FieldError::new("days", says)]))
        }
    }
}

/// What is raised: its subject with the sentence that was read, and why, without numbers of people.
pub(crate) struct Raised {
    pub(crate) subject: Subject,
    pub(crate) says: String,
    pub(crate) body: String,
}

/// 提出申诉 — about something that stands against the applicant now, one at a time.
pub(crate) fn raise(
    subjects: &[(Subject, String)],
    hearing: Option<Hearing>,
    earlier: &[Appeal],
    form: &AppealForm,
    today: Date,
) -> Result<Raised, Problem> {
    let mut errors = vec![];
    let body = identifiers::mask_numbers(form.body.trim());
    if body.chars().count() < 5 || LONGEST_BODY < body.chars().count() {
        errors.push(FieldError::new("body", format!("请写明事实和理由，5至{LONGEST_BODY}个字")));
    }
    let asked = Subject::from_code(&form.subject);
    if asked.as_ref().is_some_and(Subject::is_score) && hearing.is_none() {
        return Err(AppealRefusal::NotTold.into());
    }
    // Where there is a last day, it is everybody's: the list waits for nothing that comes later.
    if let Some(hearing) = hearing.filter(|it| it.closes_on < today) {
        return Err(AppealRefusal::Over(hearing.closes_on).into());
    }
    let found = asked.and_then(|it| subjects.iter().find(|(subject, _)| *subject == it));
    let Some((subject, says)) = found.cloned() else {
        errors.push(FieldError::new("subject", "请选择对哪一项提出申诉"));
        return Err(Problem::Invalid(errors));
    };
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    match earlier.iter().rev().find(|it| it.subject == subject).map(|it| &it.outcome) {
        Some(Outcome::Open) => return Err(AppealRefusal::AlreadyRaised.into()),
        Some(Outcome::Dismissed { .. }) => return Err(AppealRefusal::AlreadyDecided.into()),
        Some(Outcome::Upheld { .. }) | None => {}
    }
    Ok(Raised { subject, says, body })
}

/// 答复 — once, with reasons.
pub(crate) fn answer(appeal: &Appeal, form: &AnswerForm) -> Result<Outcome, Problem> {
    if appeal.outcome != Outcome::Open {
        return Err(AppealRefusal::AlreadyAnswered.into());
    }
    if form.version != appeal.version.to_string() {
        return Err(Problem::Conflict);
    }
    outcome(form, "提出的单位能看到")
}

/// Whether an upheld appeal has been followed: a score rests on other sheets than it did, a gate or veto does not stand
/// against the applicant any more.
pub(crate) fn is_settled(appeal: &Appeal, scored_by: &[i64], standing: &[(Subject, String)]) -> bool {
    match &appeal.outcome {
        Outcome::Open => false,
        Outcome::Dismissed { .. } => true,
        Outcome::Upheld { .. } if appeal.subject.is_score() => appeal.scored_by != scored_by,
        Outcome::Upheld { .. } => standing.iter().all(|(subject, _)| *subject != appeal.subject),
    }
}

/// Whether a list may be posted as far as appeals go.
pub(crate) fn may_post(
    hearing: Option<Hearing>,
    open: usize,
    unsettled: &[String],
    today: Date,
) -> Result<(), AppealRefusal> {
    if let Some(hearing) = hearing.filter(|it| today <= it.closes_on) {
        return Err(AppealRefusal::StillOpen(hearing.closes_on));
    }
    if 0 < open {
        return Err(AppealRefusal::Open(open));
    }
    if unsettled.is_empty() { Ok(()) } else { Err(AppealRefusal::NotSettled(unsettled.join("；"))) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn appeal(subject: Subject, outcome: Outcome) -> Appeal {
        Appeal {
            id: 1.into(),
            campaign: 1.into(),
            application: 1.into(),
            subject,
            says: String::new(),
            body: String::new(),
            filed_by: 1.into(),
            filed_at: jiff::Timestamp::UNIX_EPOCH,
            due_on: date(2024, 9, 2),
            outcome,
            scored_by: vec![1, 2],
            version: 1,
        }
    }

    #[test]
    fn scores_are_told_once_for_working_days() {
        let calendar = Calendar::state_council();
        let (none, some) = (vec![], vec!["锦绣花园".to_owned()]);
        let tell = |before, waiting: Option<&Vec<String>>, days: &str| {
            let form = HearingForm { days: days.to_owned() };
            super::tell(7.into(), before, waiting, &form, date(2024, 9, 13), &calendar)
        };
        // 2024-09-14 is a working Saturday, 15 to 17 are the Mid-Autumn holiday.
        let hearing = tell(None, Some(&none), "3").unwrap();
        assert_eq!((hearing.opened_on, hearing.closes_on), (date(2024, 9, 13), date(2024, 9, 19)));
        assert!(
            tell(Some(hearing), Some(&none), "3").unwrap_err().to_string().contains("已在2024-09-13告知")
        );
        assert!(tell(None, None, "3").is_err());
        assert!(tell(None, Some(&some), "3").unwrap_err().to_string().contains("没有全部锁定：锦绣花园"));
        for days in ["", "1", "16", "三"] {
            assert!(matches!(tell(None, Some(&none), days), Err(Problem::Invalid(_))), "{days}");
        }
    }

    #[test]
    fn an_item_is_appealed_against_only_in_its_days() {
        let item = Subject::Item("1.1".to_owned());
        let subjects = [(item.clone(), "环境整洁".to_owned())];
        let form = AppealForm { subject: "item:1.1".to_owned(), body: "现场照片可以说明".to_owned() };
        let hearing =
            Hearing { campaign: 7.into(), opened_on: date(2024, 9, 13), closes_on: date(2024, 9, 19) };
        let raise =
            |hearing, earlier: &[Appeal], today| super::raise(&subjects, hearing, earlier, &form, today);
        let code = |it: Result<Raised, Problem>| match it {
            Err(Problem::Refused { code, .. }) => code,
            _ => "",
        };
        assert!(raise(Some(hearing), &[], date(2024, 9, 19)).is_ok());
        assert_eq!(code(raise(Some(hearing), &[], date(2024, 9, 20))), "campaigns.appeals_over");
        assert_eq!(code(raise(None, &[], date(2024, 9, 13))), "campaigns.scores_not_told");
        let open = appeal(item.clone(), Outcome::Open);
        assert_eq!(code(raise(Some(hearing), &[open], date(2024, 9, 13))), "campaigns.appeal_raised");
        let answered = appeal(item.clone(), Outcome::Dismissed { answer: "不采纳".to_owned() });
        assert_eq!(code(raise(Some(hearing), &[answered], date(2024, 9, 13))), "campaigns.appeal_decided");
        // What was upheld and scored anew may be looked at once more.
        let upheld = appeal(item, Outcome::Upheld { answer: "重新评分".to_owned() });
        assert!(raise(Some(hearing), &[upheld], date(2024, 9, 13)).is_ok());
    }

    #[test]
    fn an_upheld_appeal_waits_until_it_is_followed() {
        let upheld = || Outcome::Upheld { answer: "重新评分".to_owned() };
        let score = appeal(Subject::Item("1.1".to_owned()), upheld());
        assert!(!is_settled(&score, &[1, 2], &[]));
        assert!(is_settled(&score, &[1, 3], &[]));
        let gate = Subject::Gate("g4".to_owned());
        let standing = [(gate.clone(), "未达到".to_owned())];
        assert!(!is_settled(&appeal(gate.clone(), upheld()), &[1, 2], &standing));
        assert!(is_settled(&appeal(gate.clone(), upheld()), &[1, 2], &[]));
        // Another condition of the same gate that fails rightly is another matter.
        let other = [(Subject::Gate("g4.2".to_owned()), "未达到".to_owned())];
        assert!(is_settled(&appeal(Subject::Gate("g4.1".to_owned()), upheld()), &[1, 2], &other));
        assert!(is_settled(&appeal(gate, Outcome::Dismissed { answer: String::new() }), &[], &standing));
    }

    #[test]
    fn nothing_is_posted_over_an_open_appeal() {
        let hearing =
            Hearing { campaign: 7.into(), opened_on: date(2024, 9, 13), closes_on: date(2024, 9, 19) };
        assert_eq!(
            may_post(Some(hearing), 0, &[], date(2024, 9, 19)),
            Err(AppealRefusal::StillOpen(date(2024, 9, 19)))
        );
        assert_eq!(may_post(Some(hearing), 1, &[], date(2024, 9, 20)), Err(AppealRefusal::Open(1)));
        assert!(may_post(Some(hearing), 0, &["x".to_owned()], date(2024, 9, 20)).is_err());
        assert_eq!(may_post(None, 0, &[], date(2024, 9, 13)), Ok(()));
    }
}
