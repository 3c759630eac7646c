//! 吹哨报到 as the case's page shows it.

use ::store::Tx;
use kernel::{Problem, beijing_minute};

use super::{
    bodies, labels, line, policy, rules,
    stages::StageView,
    types::{Ticket, WhistleId},
    whistles,
};

#[derive(Debug)]
pub(crate) struct WhistleView {
    pub(crate) id: WhistleId,
    /// Two or three.
    pub(crate) at: i64,
    pub(crate) level: &'static str,
    pub(crate) words: String,
    pub(crate) responder: String,
    pub(crate) state: (&'static str, String),
    pub(crate) rated: String,
    pub(crate) can_report_in: bool,
    pub(crate) can_rate: bool,
    /// What this hat would rate.
    pub(crate) rates: String,
}

/// The whistles of a case, and what this hat may do about each.
pub(crate) fn of(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<WhistleView>, Problem> {
    let (actor, now) = (tx.ctx.actor.clone(), tx.ctx.now);
    let mut views = vec![];
    for it in line::whistles(tx, ticket.id)? {
        let own = policy::may_report_in(&actor, &ticket.place, it.responder).is_ok();
        let below = policy::may_rate_responder(&actor, &ticket.place, it.level).is_ok();
        let blew = whistles::is_blowers(tx, ticket, &it)?;
        let state = match (it.reported_at, it.reported_in_time) {
            (Some(at), Some(true)) => ("done", format!("{}报到", beijing_minute(at))),
            (Some(at), _) => ("late", format!("{}报到，超期", beijing_minute(at))),
            (None, _) if it.report_by <= now => {
                ("late", format!("未报到，{}", labels::left(it.report_by, now)))
            }
            (None, _) => ("soon", format!("{}前报到", labels::until(it.report_by))),
        };
        let score = |it: Option<i64>| it.map_or("未评".to_owned(), |it| format!("{it}分"));
        views.push(WhistleView {
            id: it.id,
            at: it.level,
            level: labels::level(it.level),
            words: format!("{}吹哨：{}", it.blown_by, it.reason),
            rates: if own {
                "给吹哨打分（问题是否该吹哨、说得是否清楚）".to_owned()
            } else {
                format!("给{}的报到打分", bodies::name(tx, it.responder)?)
            },
            responder: bodies::name(tx, it.responder)?,
            state,
            rated: format!("对报到：{}，对吹哨：{}", score(it.of_responder), score(it.of_blower)),
            can_report_in: own && it.reported_at.is_none(),
            can_rate: it.reported_at.is_some()
                && ((own && it.of_blower.is_none()) || (below && blew && !own && it.of_responder.is_none())),
        });
    }
    Ok(views)
}

/// 三级吹哨 as a way from the community upward: how far the case has come, and who was called there.
pub(crate) fn way(ticket: &Ticket, whistles: &[WhistleView]) -> Vec<StageView> {
    let level = |n: i64| {
        let called =
            whistles.iter().filter(|it| it.at == n).map(|it| format!("{}：{}", it.responder, it.state.1));
        let state = match n.cmp(&ticket.level) {
            // What has it from above was never asked of the levels between.
            std::cmp::Ordering::Less if n == 1 || whistles.iter().any(|it| it.at == n) => "done",
            std::cmp::Ordering::Less => "skipped",
            std::cmp::Ordering::Equal if ticket.stage.is_open() => "here",
            std::cmp::Ordering::Equal => "done",
            std::cmp::Ordering::Greater => "ahead",
        };
        let called = called.collect::<Vec<_>>().join("；");
        StageView {
            name: labels::level(n),
            state,
            at: if state == "skipped" { "没有经过".to_owned() } else { called },
        }
    };
    (1..=rules::AGENDA_LEVEL).map(level).collect()
}
