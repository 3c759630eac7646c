//! What a case's page shows of its parts.

use ::store::Tx;
use kernel::{Problem, Tenant, beijing_minute};
use registry::{departments, divisions};

use super::{
    policy, store,
    types::{Outcome, Part},
};
use crate::cases::{
    policy as cases_policy, rows,
    types::{Body, Ticket, TicketId},
};

#[derive(Debug)]
pub(crate) struct PartView {
    pub(crate) n: String,
    pub(crate) named: String,
    pub(crate) task: String,
    pub(crate) state: (&'static str, String),
    pub(crate) words: Option<String>,
    pub(crate) can_report: bool,
    pub(crate) can_refuse: bool,
    pub(crate) can_withdraw: bool,
}

/// A line of 协办记录.
#[derive(Debug)]
pub(crate) struct OwnPart {
    /// None once it was given back: the case is no affair of this unit any more.
    pub(crate) ticket: Option<TicketId>,
    pub(crate) number: String,
    pub(crate) place: String,
    pub(crate) task: String,
    pub(crate) due_on: String,
    pub(crate) state: (&'static str, String),
    pub(crate) words: String,
}

#[derive(Debug, Default)]
pub(crate) struct JointView {
    pub(crate) parts: Vec<PartView>,
    pub(crate) can_ask: bool,
}

/// The bodies a case's parts were asked of; one that was told to leave it be is none any more.
pub(crate) fn asked(tx: &mut Tx<'_>, id: TicketId) -> Result<Vec<Body>, Problem> {
    let parts = store::of_ticket(tx, id)?.into_iter();
    let stays = parts.filter(|it| !matches!(it.outcome, Outcome::Withdrawn { .. } | Outcome::Refused { .. }));
    Ok(stays.filter_map(|it| it.body).collect())
}

/// 请我协办: open parts of a body, in the county its cases are of; a company works in many, and is told on its cases' pages.
pub(crate) fn open_of(tx: &mut Tx<'_>, body: Body) -> Result<Vec<Part>, Problem> {
    let Some(tenant) = county_of(tx, body)? else { return Ok(vec![]) };
    Ok(store::open_of(tx, i64::from(tenant.number()), body)?)
}

/// The county a body's parts lie in; a company works in many.
fn county_of(tx: &mut Tx<'_>, body: Body) -> Result<Option<Tenant>, Problem> {
    Ok(Some(match body {
        Body::County(tenant) => tenant,
        Body::Subdistrict(id) | Body::Neighborhood(id) => divisions::division(tx, id.into())?.tenant,
        Body::Branch(id) | Body::Committee(id) => Tenant::of_id(id),
        Body::Department(id) => departments::load(tx, id.into())?.tenant,
        Body::Enterprise(_) => return Ok(None),
    }))
}

/// 协办记录: what this hat's body was asked for, open ones first.
pub(crate) fn own(tx: &mut Tx<'_>) -> Result<Vec<OwnPart>, Problem> {
    let _may = cases_policy::may_list(&tx.ctx.actor)?;
    let body = Body::of(&tx.ctx.actor).ok_or(Problem::NotFound)?;
    let tenant = county_of(tx, body)?.ok_or(Problem::NotFound)?;
    let tenant = i64::from(tenant.number());
    let mut parts = store::open_of(tx, tenant, body)?;
    let mut closed = store::closed_of(tx, tenant, body, "done")?;
    closed.extend(store::closed_of(tx, tenant, body, "refused")?);
    closed.sort_by_key(|it| std::cmp::Reverse((it.due_on, i64::from(it.ticket), it.n)));
    parts.extend(closed);
    let today = tx.ctx.today();
    let (mut own, mut places) = (vec![], rows::Places::default());
    for it in parts {
        let line = {
            let ticket = crate::cases::store::load(tx, it.ticket)?;
            rows::line_at(tx, &mut places, ticket)?
        };
        let stays = !matches!(it.outcome, Outcome::Refused { .. } | Outcome::Withdrawn { .. });
        let (state, words) = match it.outcome {
            Outcome::Open if it.due_on < today => (("late", "未反馈，已超期".to_owned()), String::new()),
            Outcome::Open => (("open", "未反馈".to_owned()), String::new()),
            Outcome::Done { at, words, .. } => (("good", format!("{}反馈", beijing_minute(at))), words),
            Outcome::Refused { at, words, .. } | Outcome::Withdrawn { at, words, .. } => {
                (("done", format!("{}退回", beijing_minute(at))), words)
            }
        };
        let (ticket, number, place) = (stays.then_some(it.ticket), line.number.clone(), line.place());
        own.push(OwnPart {
            ticket,
            number,
            place,
            task: it.task,
            due_on: it.due_on.to_string(),
            state,
            words,
        });
    }
    Ok(own)
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
            Outcome::Refused { at, by, words } => {
                (("refused", format!("{} {by}退回", beijing_minute(at))), Some(words))
            }
        };
        let reports = open && policy::may_report(&actor, &place, it.body).is_ok();
        parts.push(PartView {
            can_refuse: reports && it.body.is_some() && it.body == Body::of(&actor),
            n: it.n.to_string(),
            named: it.named,
            task: it.task,
            state,
            words,
            can_report: reports,
            can_withdraw: open && can_ask,
        });
    }
    Ok(JointView { parts, can_ask: can_ask && ticket.stage.is_open() })
}
