//! 更正 and 复核 — what a case was wrongly called, and a "no" the reporter does not accept. Pure.

use jiff::Timestamp;

use super::{
    labels,
    refusals::TicketRefusal,
    rules::{set, step, words, wrong},
    types::{Dues, Kind, Outcome, Stage, Step, Ticket, Verdicts},
};
use crate::profiles::types::{Category, Urgency};

/// What a case is to be called from now on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Correction {
    pub(crate) category: &'static Category,
    pub(crate) urgency: Urgency,
    /// What was filed as praise, and is none.
    pub(crate) kind: Option<Kind>,
}

/// Whether a case may be called something else: while somebody works on it, or where it was passed on as praise.
pub(crate) fn can_be_corrected(stage: &Stage) -> bool {
    stage.is_open() || is_noted(stage)
}

pub(crate) fn is_noted(stage: &Stage) -> bool {
    matches!(stage, Stage::Closed { outcome: Outcome::Noted, .. })
}

/// 更正类别或紧急程度. `from_start`: the clocks of the new urgency as if it had been right from the beginning; `from_now`: as if it came
/// now. What turns out to press has the new clock from now and never more time than it had; what does not has the longer clock from its
/// beginning. What is late or done already stays as it was stamped.
pub(crate) fn correct(
    ticket: Ticket,
    new: &Correction,
    reason: &str,
    (from_start, from_now): (Dues, Dues),
    now: Timestamp,
) -> Result<(Ticket, Step), TicketRefusal> {
    if !can_be_corrected(&ticket.stage) {
        return Err(wrong(&ticket));
    }
    let praise = is_noted(&ticket.stage);
    let kind = new.kind.filter(|_| praise).unwrap_or(ticket.kind);
    // A complaint is not called praise, nor anything else that counts less, by those it is about.
    if praise && kind == Kind::Praise {
        return Err(TicketRefusal::StillPraise);
    }
    if !praise && new.category.code == ticket.category && new.urgency == ticket.urgency {
        return Err(TicketRefusal::NothingCorrected);
    }
    let reason = words(reason)?;
    let mut said = vec![];
    if praise {
        said.push(format!("性质更正为“{}”，开始办理", labels::kind(kind)));
    }
    if new.category.code != ticket.category {
        said.push(format!("类别更正为“{}”", new.category.title));
    }
    if new.urgency != ticket.urgency {
        said.push(format!("紧急程度更正为“{}”，时限随之改变", labels::urgency(new.urgency)));
    }
    // Begun anew, it runs by the clocks of today.
    let code = if praise { "taken_up" } else { "corrected" };
    let told = step(code, format!("{}：{reason}", said.join("，")), true);
    let (stage, dues) = if praise {
        (Stage::Filed, from_now)
    } else if new.urgency == ticket.urgency {
        (ticket.stage.clone(), ticket.dues)
    } else {
        (ticket.stage.clone(), moved(&ticket, from_start, from_now, now))
    };
    let closed_at = if praise { None } else { ticket.closed_at };
    let verdicts = ticket.verdicts;
    let category = new.category.code.clone();
    let urgency = new.urgency;
    Ok((set(Ticket { category, urgency, kind, dues, closed_at, ..ticket }, stage, verdicts), told))
}

fn moved(ticket: &Ticket, from_start: Dues, from_now: Dues, at: Timestamp) -> Dues {
    // What has run out is late, whether or not the clock has come round to stamp it.
    let one = |old: Timestamp, start: Timestamp, now: Timestamp, stamped: bool| match stamped || old <= at {
        true => old,
        false if old <= start => start,
        false => old.min(now),
    };
    let (old, verdicts) = (ticket.dues, ticket.verdicts);
    Dues {
        dispatch_by: one(
            old.dispatch_by,
            from_start.dispatch_by,
            from_now.dispatch_by,
            verdicts.dispatched.is_some(),
        ),
        contact_by: one(
            old.contact_by,
            from_start.contact_by,
            from_now.contact_by,
            verdicts.contacted.is_some(),
        ),
        answer_by: one(old.answer_by, from_start.answer_by, from_now.answer_by, verdicts.answered.is_some()),
    }
}

/// 申请复核 — the reporter does not accept 不予受理 or 转专线: looked into once more, by the clocks of a case that comes in now. A second
/// "no" is the last word, and another office's than the first where that was the neighborhood's.
pub(crate) fn object(
    ticket: Ticket,
    said: &str,
    (refused_at, until): (Timestamp, Timestamp),
    objected: bool,
    now: Timestamp,
    dues: Dues,
) -> Result<(Ticket, Step), TicketRefusal> {
    if !matches!(ticket.stage, Stage::Declined { .. } | Stage::Transferred { .. }) {
        return Err(wrong(&ticket));
    }
    if objected {
        return Err(TicketRefusal::ObjectedAlready);
    }
    if until <= now || now < refused_at {
        return Err(TicketRefusal::TooLateToObject);
    }
    let said = words(said)?;
    // Late stays late; what was in time waits to be judged anew.
    let late = |it: Option<bool>| it.filter(|it| !it);
    let verdicts = Verdicts {
        dispatched: late(ticket.verdicts.dispatched),
        contacted: late(ticket.verdicts.contacted),
        answered: late(ticket.verdicts.answered),
    };
    let told = step("objected", format!("反映人不认可，申请复核：{said}"), true);
    Ok((set(Ticket { dues, closed_at: None, ..ticket }, Stage::Filed, verdicts), told))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{stages::tests::case, types::Body},
        profiles::rules::category,
    };

    fn at(text: &str) -> Timestamp {
        format!("2024-08-{text}:00+08:00").parse().unwrap()
    }

    fn all(text: &str) -> Dues {
        Dues { dispatch_by: at(text), contact_by: at(text), answer_by: at(text) }
    }

    fn now() -> Timestamp {
        at("20T10:30")
    }

    fn as_is(urgency: Urgency) -> Correction {
        Correction { category: category("lighting").unwrap(), urgency, kind: None }
    }

    // covers: SC-058
    #[test]
    fn what_turns_out_to_press_gets_the_short_clock_from_now_and_never_more_time_than_it_had() {
        let handler = Body::Enterprise(7);
        let has = |due: &str| Ticket { dues: all(due), ..case(Stage::Accepted { handler }) };
        let clocks = (all("20T11:00"), all("22T12:00"));
        let danger = as_is(Urgency::Danger);
        let corrected = |due: &str| correct(has(due), &danger, "电线冒火花", clocks, now()).unwrap().0.dues;
        assert_eq!(corrected("27T09:00"), all("22T12:00"));
        assert_eq!(corrected("22T10:00"), all("22T10:00"), "already due sooner");
        let (it, step) = correct(has("27T09:00"), &danger, "电线冒火花", clocks, now()).unwrap();
        assert_eq!(it.wakes_at, Some(at("22T12:00")));
        // What has run out stays as it is, stamped or not.
        let late = correct(has("20T10:30"), &danger, "电线冒火花", (all("29T00:00"), all("29T00:00")), now());
        assert_eq!(late.unwrap().0.dues, all("20T10:30"));
        assert_eq!(step.words, "紧急程度更正为“危及安全”，时限随之改变：电线冒火花");
    }

    #[test]
    fn what_does_not_press_gets_the_long_clock_from_its_beginning_and_what_is_stamped_stays() {
        let verdicts = Verdicts { dispatched: Some(true), contacted: None, answered: Some(false) };
        let it = Ticket { urgency: Urgency::Danger, dues: all("20T11:00"), verdicts, ..case(Stage::Filed) };
        let clocks = (all("27T00:00"), all("29T00:00"));
        let (it, _) = correct(it, &as_is(Urgency::Ordinary), "不是燃气味", clocks, now()).unwrap();
        let dues =
            Dues { dispatch_by: at("20T11:00"), contact_by: at("27T00:00"), answer_by: at("20T11:00") };
        assert_eq!((it.dues, it.verdicts), (dues, verdicts));
    }

    #[test]
    fn another_category_moves_no_clock_and_the_same_one_is_no_correction() {
        let own = Ticket { dues: all("27T09:00"), ..case(Stage::Filed) };
        let clocks = (all("20T11:00"), all("22T12:00"));
        let parking = Correction { category: category("leak").unwrap(), ..as_is(Urgency::Ordinary) };
        let (it, step) = correct(own.clone(), &parking, "是漏水", clocks, now()).unwrap();
        assert_eq!((it.dues, it.category.as_str()), (own.dues, "leak"));
        assert_eq!(step.words, "类别更正为“房屋漏水”：是漏水");
        let same = correct(own.clone(), &as_is(Urgency::Ordinary), "没有变", clocks, now()).unwrap_err();
        assert_eq!(same, TicketRefusal::NothingCorrected);
        assert_eq!(correct(own, &parking, " ", clocks, now()).unwrap_err(), TicketRefusal::NoWords);
    }

    #[test]
    fn what_was_no_praise_is_worked_on_and_nothing_becomes_praise() {
        let noted = |kind| Ticket { kind, ..case(Stage::Closed { handler: None, outcome: Outcome::Noted }) };
        let clocks = (all("20T11:00"), all("22T12:00"));
        let turned = |kind| Correction { kind: Some(kind), ..as_is(Urgency::Ordinary) };
        let (it, step) =
            correct(noted(Kind::Praise), &turned(Kind::Repair), "说的是灯坏", clocks, now()).unwrap();
        assert_eq!((it.stage, it.kind, it.dues), (Stage::Filed, Kind::Repair, all("22T12:00")));
        assert_eq!(step.words, "性质更正为“报修”，开始办理：说的是灯坏");
        let still = correct(noted(Kind::Praise), &turned(Kind::Praise), "是表扬", clocks, now()).unwrap_err();
        assert_eq!(still, TicketRefusal::StillPraise);
        let open = Ticket { kind: Kind::Complaint, ..case(Stage::Filed) };
        let leak = Correction { category: category("leak").unwrap(), ..turned(Kind::Praise) };
        let (it, _) = correct(open, &leak, "是漏水", clocks, now()).unwrap();
        assert_eq!(it.kind, Kind::Complaint);
        let closed = case(Stage::Closed { handler: None, outcome: Outcome::Checked });
        assert!(matches!(
            correct(closed, &leak, "晚了", clocks, now()).unwrap_err(),
            TicketRefusal::WrongStage(_)
        ));
    }

    #[test]
    fn a_no_is_looked_into_once_more_and_within_its_time() {
        let declined = case(Stage::Declined { reason: "重复".to_owned() });
        let spans = (at("20T10:00"), at("27T24:00".replace("24:00", "23:59").as_str()));
        let fresh = all("29T09:00");
        let verdicts = Verdicts { dispatched: Some(true), contacted: Some(false), answered: None };
        let it = Ticket { verdicts, ..declined };
        let (again, step) = object(it.clone(), "不是同一件", spans, false, at("21T09:00"), fresh).unwrap();
        assert_eq!((again.stage, again.dues), (Stage::Filed, fresh));
        assert_eq!(again.verdicts, Verdicts { dispatched: None, contacted: Some(false), answered: None });
        assert_eq!(step.words, "反映人不认可，申请复核：不是同一件");
        let no = |objected, now, said| object(it.clone(), said, spans, objected, at(now), fresh).unwrap_err();
        assert_eq!(no(true, "21T09:00", "再说一次"), TicketRefusal::ObjectedAlready);
        assert_eq!(no(false, "28T09:00", "太晚"), TicketRefusal::TooLateToObject);
        assert_eq!(no(false, "21T09:00", ""), TicketRefusal::NoWords);
    }
}
