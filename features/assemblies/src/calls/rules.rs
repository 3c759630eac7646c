//! When an owner may put oneself forward, and when those who passed are announced. Pure.

use jiff::{ToSpan as _, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use super::types::{Announced, AnsweringOffer, Call, Calling, Offer, Offering, Told};
use crate::{
    affairs::said,
    checklists::types::Checklist,
    vettings::{
        rules::{VettingPack, nominate},
        types::Nominating,
    },
};

const LONGEST: usize = 500;
/// A call that stays open longer than this was forgotten.
const MOST_DAYS: i64 = 60;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallRefusal {
    #[error("这个小区还有一次征集没有公告候选人，请先办完")]
    Running,
    #[error("自荐到{0}截止，现在不能提交；有疑问请与社区联系")]
    Over(Date),
    #[error("您已经自荐过，进度在本页")]
    Twice,
    #[error("这份自荐已经答复过")]
    Answered,
    #[error("自荐到{0}截止，截止后才能公告候选人")]
    StillOpen(Date),
    #[error("还有自荐没有答复，请先逐份列入联审或说明不列入的理由")]
    Unanswered,
    #[error("还有候选人在联审中，请等街道作出结论后再公告")]
    InVetting,
    #[error("没有联审通过的候选人，不能公告；可以重新征集或由社区推荐")]
    Nobody,
    #[error("候选人已经公告过")]
    Announced,
}

impl Refusal for CallRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Running => "assemblies.call_running",
            Self::Over(_) => "assemblies.call_over",
            Self::Twice => "assemblies.offered_twice",
            Self::Answered => "assemblies.offer_answered",
            Self::StillOpen(_) => "assemblies.call_open",
            Self::Unanswered => "assemblies.offers_unanswered",
            Self::InVetting => "assemblies.candidates_in_vetting",
            Self::Nobody => "assemblies.nobody_passed",
            Self::Announced => "assemblies.candidates_announced",
        }
    }
}

/// 发布征集: seats, last day, words.
pub(crate) fn open(
    pack: &VettingPack,
    before: Option<&Call>,
    form: &Calling,
    today: Date,
) -> Result<(i64, Date, String), Problem> {
    if before.is_some_and(|it| it.announced.is_none()) {
        return Err(CallRefusal::Running.into());
    }
    let mut errors = vec![];
    let seats = form.seats.trim().parse::<i64>().ok().filter(|it| (1..=11).contains(it));
    if seats.is_none() {
        errors.push(FieldError::new("call_seats", "请填写要选几人，1至11"));
    }
    let first = today.saturating_add(i64::from(pack.call_days).days());
    let last = today.saturating_add(MOST_DAYS.days());
    let closes = form.closes_on.trim().parse::<Date>().ok().filter(|it| first <= *it && *it <= last);
    if closes.is_none() {
        errors.push(FieldError::new("closes_on", format!("请填写截止日期，{first}至{last}之间")));
    }
    let words = said(
        "call_words",
        &form.words,
        LONGEST,
        "请写明怎样推荐和自荐、与谁联系（写地点和固定电话，手机号会隐去）",
        &mut errors,
    );
    match (seats, closes) {
        (Some(seats), Some(closes)) if errors.is_empty() => Ok((seats, closes, words)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// 自荐 within its time.
pub(crate) fn offer(call: &Call, list: &Checklist, form: &Offering, today: Date) -> Result<Told, Problem> {
    if call.announced.is_some() || call.closes_on < today {
        return Err(CallRefusal::Over(call.closes_on).into());
    }
    // The same as whoever is nominated by others has to meet.
    let same = Nominating {
        name: form.name.clone(),
        party: form.party.clone(),
        origin: form.origin.clone(),
        born: form.born.clone(),
        nominated_by: "self".to_owned(),
        condition: form.condition.clone(),
    };
    let mut errors = vec![];
    let words = said("words", &form.words, LONGEST, "请写明参选的理由和打算", &mut errors);
    match nominate(list, 0, &same, today) {
        Ok(it) if errors.is_empty() => Ok(Told {
            name: it.name,
            party: it.party,
            born: it.born,
            origin: it.origin,
            words,
            checklist: list.version,
        }),
        Ok(_) => Err(Problem::Invalid(errors)),
        Err(Problem::Invalid(mut all)) => {
            all.append(&mut errors);
            Err(Problem::Invalid(all))
        }
        Err(problem) => Err(problem),
    }
}

/// Taken into the vetting, or the reason why not.
pub(crate) fn answer(offer: &Offer, form: &AnsweringOffer) -> Result<Option<String>, Problem> {
    if offer.answer.is_some() {
        return Err(CallRefusal::Answered.into());
    }
    if form.take == "yes" {
        return Ok(None);
    }
    let mut errors = vec![];
    let reason = said("reason", &form.reason, 200, "请写明不列入联审的理由，自荐的业主能看到", &mut errors);
    if errors.is_empty() { Ok(Some(reason)) } else { Err(Problem::Invalid(errors)) }
}

/// 公告候选人: when the time is over, everybody was answered, and the vetting has spoken.
pub(crate) fn announce(
    pack: &VettingPack,
    call: &Call,
    offers: &[Offer],
    (passed, waits): (Vec<String>, bool),
    today: Date,
) -> Result<Announced, CallRefusal> {
    if call.announced.is_some() {
        return Err(CallRefusal::Announced);
    }
    if today <= call.closes_on {
        return Err(CallRefusal::StillOpen(call.closes_on));
    }
    if offers.iter().any(|it| it.answer.is_none()) {
        return Err(CallRefusal::Unanswered);
    }
    if waits {
        return Err(CallRefusal::InVetting);
    }
    if passed.is_empty() {
        return Err(CallRefusal::Nobody);
    }
    Ok(Announced {
        on: today,
        until: today.saturating_add(i64::from(pack.announce_days).days()),
        names: passed,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{calls::types::Answer, committees::types::Origin, vettings::rules::PACK};

    fn call() -> Call {
        Call {
            id: 1.into(),
            place: kernel::Place::default(),
            seats: 5,
            opens_on: date(2024, 8, 20),
            closes_on: date(2024, 8, 27),
            words: "到社区报名".into(),
            announced: None,
            version: 1,
        }
    }

    fn offered(answer: Option<Answer>) -> Offer {
        let told = Told {
            name: "某某".into(),
            party: false,
            born: 0,
            origin: Origin::Owner,
            words: "愿意".into(),
            checklist: 0,
        };
        Offer {
            id: 1.into(),
            call: 1.into(),
            person: 7.into(),
            told,
            offered_at: jiff::Timestamp::UNIX_EPOCH,
            answer,
            version: 1,
        }
    }

    #[test]
    fn a_call_has_a_week_at_least_and_follows_no_other_that_runs() {
        let form = |closes: &str| Calling {
            seats: "5".into(),
            closes_on: closes.into(),
            words: "到社区报名".into(),
        };
        let today = date(2024, 8, 20);
        let (seats, closes, words) = open(&PACK, None, &form("2024-08-27"), today).unwrap();
        assert_eq!((seats, closes, words.as_str()), (5, date(2024, 8, 27), "到社区报名"));
        for wrong in ["2024-08-26", "2024-10-20", "下周"] {
            let Err(Problem::Invalid(errors)) = open(&PACK, None, &form(wrong), today) else {
                panic!("{wrong}")
            };
            assert_eq!(errors[0].message, "请填写截止日期，2024-08-27至2024-10-19之间");
        }
        let running = open(&PACK, Some(&call()), &form("2024-08-27"), today);
        assert!(matches!(running, Err(Problem::Refused { code: "assemblies.call_running", .. })));
    }

    #[test]
    fn those_who_passed_are_announced_when_everybody_was_answered() {
        let after = date(2024, 8, 28);
        let passed = || (vec!["石秀云".to_owned()], false);
        let taken = offered(Some(Answer::Taken(9.into())));
        let announce = |offers: &[Offer], all, day| announce(&PACK, &call(), offers, all, day);
        let it = announce(std::slice::from_ref(&taken), passed(), after).unwrap();
        assert_eq!((it.on, it.until, it.names.len()), (after, date(2024, 9, 4), 1));
        let no = |offers: &[Offer], all, day| announce(offers, all, day).unwrap_err();
        assert_eq!(no(&[], passed(), date(2024, 8, 27)), CallRefusal::StillOpen(date(2024, 8, 27)));
        assert_eq!(no(&[taken, offered(None)], passed(), after), CallRefusal::Unanswered);
        assert_eq!(no(&[], (vec!["石秀云".to_owned()], true), after), CallRefusal::InVetting);
        assert_eq!(no(&[], (vec![], false), after), CallRefusal::Nobody);
    }
}
