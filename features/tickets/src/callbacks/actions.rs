//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use jobs::Destination;
use kernel::{Problem, Tenant, parse_id};

use super::{
    events::{CallbackEnded, CallbackListed, CallbackProposed},
    jobs::KIND,
    policy,
    rules::{self, CallbackRefusal},
    store,
    types::{Callback, CallbackForm, CallbackId, Stage},
};
use crate::{
    cases::types::{Step, Ticket},
    systems,
};

/// 登记回送地址 — nothing goes there before another person has looked at it.
pub(crate) fn propose(tx: &mut Tx<'_>, form: &CallbackForm) -> Result<((), Recorded), Problem> {
    let permit = policy::may_propose(&tx.ctx.actor)?;
    let to = rules::destination(form)?;
    let system = parse_id(&form.system).ok_or(Problem::NotFound)?.into();
    systems::standing(tx, system)?;
    if store::of_system(tx, system)?.is_some() {
        return Err(CallbackRefusal::There.into());
    }
    let callback = Callback {
        id: tx.ctx.new_id(Tenant::from_number(0)).into(),
        system,
        url: to.as_str().to_owned(),
        is_inside: !form.inside.is_empty(),
        stage: Stage::Proposed,
        proposed_by: tx.ctx.actor.user.into(),
        proposed_at: tx.ctx.now,
        listed: None,
        version: 1,
    };
    store::add(tx, &callback)?;
    let event = CallbackProposed { callback: callback.id, place: to.host_and_port() };
    Ok(((), tx.record(permit, &event)?))
}

/// 核准.
pub(crate) fn list(tx: &mut Tx<'_>, id: CallbackId) -> Result<((), Recorded), Problem> {
    let before = store::load(tx, id)?;
    let permit = policy::may_list(&tx.ctx.actor, &before)?;
    let after = rules::list(before)?;
    store::save(tx, &after)?;
    Ok(((), tx.record(permit, &CallbackListed { callback: id, place: place(&after) })?))
}

/// 停用 — what still waits to go there is not sent.
pub(crate) fn end(tx: &mut Tx<'_>, id: CallbackId) -> Result<((), Recorded), Problem> {
    let permit = policy::may_end(&tx.ctx.actor)?;
    let after = rules::end(store::load(tx, id)?)?;
    store::save(tx, &after)?;
    Ok(((), tx.record(permit, &CallbackEnded { callback: id, place: place(&after) })?))
}

fn place(it: &Callback) -> String {
    Destination::parse(&it.url, it.is_inside).map(|it| it.host_and_port()).unwrap_or_default()
}

/// 回送 — a step its reporter may read goes to whoever sent the case, in the same unit of work.
pub(crate) fn tell(tx: &mut Tx<'_>, ticket: &Ticket, step: &Step) -> Result<(), Problem> {
    if !step.open {
        return Ok(());
    }
    let listeners = store::listeners(tx, ticket.id)?;
    if listeners.is_empty() {
        return Ok(());
    }
    let number = crate::cases::bodies::called(tx, ticket)?;
    for it in listeners {
        let body = rules::message(ticket, &number, &it.outside, step, tx.ctx.now);
        jobs::put(tx, KIND, it.callback.into(), ticket.id.into(), &body)?;
    }
    Ok(())
}
