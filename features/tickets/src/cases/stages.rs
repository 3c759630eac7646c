//! 七个阶段 — the line of a case as 数字化城市管理 names it (GB/T 30428): 信息采集, 案卷建立, 任务派遣, 任务处理, 处理反馈, 核查结案,
//! 综合评价. Pure.

use kernel::beijing_minute;

use super::{
    line::Kept,
    types::{Outcome, Stage, Ticket},
};

/// One of the seven: its name, whether it is done, here or ahead, and when it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StageView {
    pub(crate) name: &'static str,
    pub(crate) state: &'static str,
    pub(crate) at: String,
}

/// Each stage with the step that reaches it.
const STAGES: [(&str, &str); 7] = [
    ("信息采集", "filed"),
    ("案卷建立", "filed"),
    ("任务派遣", "dispatched"),
    ("任务处理", "accepted"),
    ("处理反馈", "answered"),
    ("核查结案", "closed"),
    ("综合评价", "rated"),
];

/// The seven of a case that goes its way; of one that left it (不予受理, 转专线, 撤回, 并案, 表扬) those it had reached.
pub(crate) fn of(ticket: &Ticket, steps: &[Kept]) -> Vec<StageView> {
    let last = |code: &str| {
        // Solved by the reporter's own word it is closed and rated by one step.
        let codes: &[&str] = match code {
            "closed" => &["closed", "rated", "called_back"],
            "rated" => &["rated", "called_back"],
            _ => &[code],
        };
        steps.iter().rev().find(|it| codes.contains(&it.step.as_str())).map(|it| beijing_minute(it.at))
    };
    let reached = match &ticket.stage {
        Stage::Filed => 1,
        Stage::Dispatched { .. } | Stage::Returned { .. } => 2,
        Stage::Accepted { .. } => 3,
        Stage::Answered { .. } => 4,
        Stage::Closed { outcome: Outcome::Confirmed | Outcome::CalledBack | Outcome::Unsolved, .. } => 6,
        Stage::Closed { outcome: Outcome::Checked | Outcome::Unrated, .. } => 5,
        Stage::Closed { outcome: Outcome::Noted, .. }
        | Stage::Declined { .. }
        | Stage::Transferred { .. }
        | Stage::Withdrawn
        | Stage::Merged { .. } => STAGES.iter().rposition(|it| last(it.1).is_some()).unwrap_or(1),
    };
    let went_on = match ticket.stage {
        Stage::Answered { .. } => true,
        Stage::Closed { outcome, .. } => outcome != Outcome::Noted,
        _ => ticket.stage.is_open(),
    };
    let all = STAGES.iter().enumerate();
    let view = |(n, (name, code)): (usize, &(&'static str, &str))| {
        let state = match n {
            _ if n < reached || (n == reached && reached == STAGES.len() - 1) => "done",
            _ if n == reached => "here",
            _ => "ahead",
        };
        let at = if n <= reached { last(code).unwrap_or_default() } else { String::new() };
        StageView { name, state, at }
    };
    all.filter(|it| went_on || it.0 <= reached).map(view).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::Timestamp;
    use kernel::Place;

    use super::*;
    use crate::{
        cases::types::{Body, Channel, Dues, Kind, Openness, Outcome, Verdicts},
        profiles::types::Urgency,
    };

    fn kept(step: &str, at: &str) -> Kept {
        let at = format!("{at}:00+08:00").parse().unwrap();
        Kept { n: 1, at, step: step.to_owned(), by: String::new(), words: String::new(), open: true }
    }

    fn said(ticket: &Ticket, steps: &[Kept]) -> Vec<String> {
        of(ticket, steps).into_iter().map(|it| format!("{} {} {}", it.name, it.state, it.at)).collect()
    }

    /// A case of that stage, and nothing particular besides.
    pub(crate) fn case(stage: Stage) -> Ticket {
        let at: Timestamp = "2024-08-20T09:00:00+08:00".parse().unwrap();
        Ticket {
            id: 1.into(),
            place: Place::default(),
            number: 1,
            category: "lighting".to_owned(),
            kind: Kind::Repair,
            urgency: Urgency::Ordinary,
            openness: Openness::Private,
            channel: Channel::Web,
            body: String::new(),
            building: String::new(),
            contact: String::new(),
            stage,
            level: 1,
            round: 1,
            filed_at: at,
            dues: Dues { dispatch_by: at, contact_by: at, answer_by: at },
            wakes_at: None,
            verdicts: Verdicts::default(),
            solved: None,
            satisfied: None,
            extended: 0,
            urged: 0,
            supervised: 0,
            closed_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_case_stands_in_one_of_seven_stages_and_says_when_it_came_there() {
        let handler = Body::Enterprise(1);
        let ticket = case;
        let steps = [
            kept("filed", "2024-08-20T09:00"),
            kept("dispatched", "2024-08-20T09:10"),
            kept("accepted", "2024-08-20T10:00"),
        ];
        assert_eq!(said(&ticket(Stage::Filed), &steps[..1])[1], "案卷建立 here 2024-08-20 09:00");
        let accepted = said(&ticket(Stage::Accepted { handler }), &steps);
        assert_eq!(accepted[2], "任务派遣 done 2024-08-20 09:10");
        assert_eq!(accepted[3], "任务处理 here 2024-08-20 10:00");
        assert_eq!((accepted[4].as_str(), accepted.len()), ("处理反馈 ahead ", 7));
        // Solved by the reporter's word: closed and rated at once, and nothing is ahead.
        let mut steps = steps.to_vec();
        steps.extend([kept("answered", "2024-08-21T09:00"), kept("rated", "2024-08-22T08:00")]);
        let closed = Stage::Closed { handler: Some(handler), outcome: Outcome::Confirmed };
        let closed = Ticket { solved: Some(true), ..ticket(closed) };
        assert_eq!(
            said(&closed, &steps)[5..],
            ["核查结案 done 2024-08-22 08:00", "综合评价 done 2024-08-22 08:00"]
        );
        // Done again: what lies ahead has not been reached this time.
        steps.push(kept("reopened", "2024-08-22T09:00"));
        assert_eq!(said(&ticket(Stage::Accepted { handler }), &steps)[4], "处理反馈 ahead ");
        // What left the way ends where it had come to.
        let left = said(&ticket(Stage::Withdrawn), &[kept("filed", "2024-08-20T09:00")]);
        assert_eq!(left.len(), 2);
    }
}
