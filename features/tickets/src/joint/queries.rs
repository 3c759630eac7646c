//! What a case's page shows of its parts.

use ::store::Tx;
use kernel::{Problem, beijing_minute};

use super::{policy, store, types::Outcome};
use crate::cases::types::Ticket;

#[derive(Debug)]
pub(crate) struct PartView {
    pub(crate) n: String,
    pub(crate) named: String,
    pub(crate) task: String,
    pub(crate) state: (&'static str, String),
    pub(crate) words: Option<String>,
    pub(crate) can_report: bool,
    pub(crate) can_withdraw: bool,
}

#[derive(Debug, Default)]
pub(crate) struct JointView {
    pub(crate) parts: Vec<PartView>,
    pub(crate) can_ask: bool,
}

pub(crate) fn of_ticket(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<JointView, Problem> {
    let (actor, place, today) = (tx.ctx.actor.clone(), ticket.place, tx.ctx.today());
    let can_ask = policy::may_ask(&actor, &place).is_ok();
    let mut parts = vec![];
    for it in store::of_ticket(tx, ticket.id)? {
        let open = it.outcome == Outcome::Open && ticket.stage.is_open();
        let (state, words) = match it.outcome {
            Outcome::Open if it.due_on < today => {
                (("late", format!("应在{}前反馈，已超期", it.due_on)), None)
            }
            Outcome::Open => (("open", format!("{}前反馈", it.due_on)), None),
            Outcome::Done { at, by, words } => {
                (("good", format!("{} {by}反馈", beijing_minute(at))), Some(words))
            }
            Outcome::Withdrawn { at, words, .. } => {
                (("refused", format!("{}撤销", beijing_minute(at))), Some(words))
            }
        };
        parts.push(PartView {
            n: it.n.to_string(),
            named: it.named,
            task: it.task,
            state,
            words,
            can_report: open && policy::may_report(&actor, &place, it.body).is_ok(),
            can_withdraw: open && can_ask,
        });
    }
    Ok(JointView { parts, can_ask: can_ask && ticket.stage.is_open() })
}
