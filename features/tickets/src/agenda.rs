//! 待办与期限 — the cases a body has in hand, the whistles it has to report in to, what waits for its review or its meeting.

use ::store::Tx;
use app::{App, Due};
use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{Problem, beijing_date};
use registry::communities;

use crate::{
    cases::{
        actions, bodies, extensions, listing, lists, policy, store,
        types::{Body, Stage, Ticket},
    },
    meetings,
    reporting::category_label,
};

/// Cases and whistles told of, those due first.
const MOST: usize = 50;

pub(crate) fn of(_app: &App, tx: &mut Tx<'_>) -> Result<Vec<Due>, Problem> {
    let actor = tx.ctx.actor.clone();
    let Some(body) = Body::of(&actor) else { return Ok(vec![]) };
    let mut due = vec![];
    for it in listing::in_hand(tx, &actor.hat.scope, body, MOST as i64)? {
        let waits_for_contact = matches!(it.stage, Stage::Dispatched { .. });
        let (words, by) = match (it.verdicts.answered, it.verdicts.contacted) {
            (Some(false), _) => ("答复诉求（已超期，吹哨后另给的时限）", it.dues.answer_by),
            (_, Some(false)) if waits_for_contact => ("接单联系群众（已超期）", it.dues.contact_by),
            (_, None) if waits_for_contact => ("接单联系群众", it.dues.contact_by),
            _ => ("答复诉求", it.dues.answer_by),
        };
        due.push(line(tx, &it, words, by, "")?);
    }
    for it in crate::joint::open_of(tx, body)?.into_iter().take(MOST) {
        let ticket = store::load(tx, it.ticket)?;
        let line = line(tx, &ticket, "请协办，待反馈", ticket.dues.answer_by, "")?;
        due.push(Due { day: it.due_on, at: None, ..line });
    }
    if policy::sends_out(&actor) {
        for (stage, words) in [("filed", "待派单"), ("returned", "退单待审核")] {
            for it in listing::first_of(tx, &policy::visible(&actor), stage, MOST as i64)? {
                let by = if stage == "filed" { it.dues.dispatch_by } else { it.dues.answer_by };
                due.push(line(tx, &it, words, by, "")?);
            }
        }
        for it in extensions::first(tx, &policy::visible(&actor), MOST as i64)? {
            // Whoever has it in hand meanwhile, by having reported in, does not decide it.
            let handlers = actions::handlers(tx, &it)?;
            if policy::may_oversee(&actor, &it.place, &handlers).is_ok() {
                due.push(line(tx, &it, "申请延期待审", it.dues.answer_by, "")?);
            }
        }
    }
    for whistle in lists::whistles(tx)?.into_iter().take(MOST) {
        let ticket = store::load(tx, whistle.ticket)?;
        let more = format!("?whistle={}", whistle.id);
        due.push(line(tx, &ticket, "吹哨待报到", whistle.report_by, &more)?);
    }
    for whistle in lists::came_for(tx)?.into_iter().take(MOST) {
        let ticket = store::load(tx, whistle.ticket)?;
        due.push(line(tx, &ticket, "已报到，待答复", ticket.dues.answer_by, "")?);
    }
    for (ticket, meeting, put_at) in meetings::waiting(tx)?.into_iter().take(MOST) {
        let ticket = store::load(tx, ticket)?;
        let words = format!("{meeting}待研究");
        let line = line(tx, &ticket, &words, put_at, "")?;
        due.push(Due { href: "/tickets/meetings".to_owned(), at: None, ..line });
    }
    Ok(due)
}

/// The last day on which something due at a moment is in time: a midnight belongs to the day before.
fn last_day(by: Timestamp) -> Date {
    beijing_date(by - SignedDuration::from_secs(1))
}

fn line(tx: &mut Tx<'_>, it: &Ticket, words: &str, by: Timestamp, more: &str) -> Result<Due, Problem> {
    let community = communities::load(tx, it.place.community.into())?.name;
    let title =
        format!("{words}：{community} {}（{}）", category_label(&it.category), bodies::called(tx, it)?);
    Ok(Due {
        at: (by != calendar::end_of(last_day(by))).then_some(by),
        is_urgent: it.urgency.is_pressing(),
        ..Due::on(last_day(by), title, format!("/tickets/{}{more}", it.id))
    })
}
