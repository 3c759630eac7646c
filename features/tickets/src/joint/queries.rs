//! What a case's page shows of its parts.

use ::store::Tx;
use kernel::{Problem, Tenant, beijing_minute};
use registry::{departments, divisions};

use super::{
    policy, store,
    types::{Outcome, Part},
};
use crate::cases::types::{Body, Ticket, TicketId};

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

/// The bodies a case's parts were asked of; one that was told to leave it be is none any more.
pub(crate) fn asked(tx: &mut Tx<'_>, id: TicketId) -> Result<Vec<Body>, Problem> {
    let parts = store::of_ticket(tx, id)?.into_iter();
    let stays = parts.filter(|it| !matches!(it.outcome, Outcome::Withdrawn { .. }));
    Ok(stays.filter_map(|it| it.body).collect())
}

/// 请我协办: open parts of a body, in the county its cases are of; a company works in many, and is told on its cases' pages.
pub(crate) fn open_of(tx: &mut Tx<'_>, body: Body) -> Result<Vec<Part>, Problem> {
    let tenant = match body {
        Body::County(tenant) => tenant,
        Body::Subdistrict(id) | Body::Neighborhood(id) => divisions::division(tx, id.into())?.tenant,
        Body::Branch(id) | Body::Committee(id) => Tenant::of_id(id),
        Body::Department(id) => departments::load(tx, id.into())?.tenant,
        Body::Enterprise(_) => return Ok(vec![]),
    };
    Ok(store::open_of(tx, i64::from(tenant.number()), body)?)
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
