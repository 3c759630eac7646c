//! The verbs. Each one: load, permit, decide, save, record — for every case, and then for the batch.

use ::store::{Recorded, Tx};
use kernel::{Problem, Tenant};

use super::{
    events::{BatchDone, BatchUndone},
    policy,
    rules::{self, BatchRefusal},
    store,
    types::{Batch, BatchForm, BatchId, Verb},
};
use crate::cases::{actions, bodies, forms::Handling, notices, store as drawers, types::TicketId};

/// 批量办理 — all of them as they were looked at, or none.
pub(crate) fn run(tx: &mut Tx<'_>, form: &BatchForm) -> Result<(BatchId, Recorded), Problem> {
    let permit = policy::may_batch(&tx.ctx.actor)?;
    let verb = Verb::from_code(&form.verb).ok_or(Problem::NotFound)?;
    let items = tx.in_parts(|tx| each(tx, verb, form))?;
    let batch = Batch {
        id: tx.ctx.new_id(Tenant::from_number(0)).into(),
        person: tx.ctx.actor.user,
        verb,
        words: form.words.trim().to_owned(),
        done_at: tx.ctx.now,
        undone_at: None,
        items,
    };
    store::add(tx, &batch)?;
    let event = BatchDone { batch: batch.id, verb: verb.code(), cases: batch.items.len() };
    Ok((batch.id, tx.record(permit, &event)?))
}

/// The verb for each case that was looked at; its new version with it.
fn each(tx: &mut Tx<'_>, verb: Verb, form: &BatchForm) -> Result<Vec<(TicketId, i64)>, Problem> {
    let mut items = vec![];
    for (id, version) in rules::cases(&form.case)? {
        let ticket = drawers::load(tx, id)?;
        let _may = policy::may(&tx.ctx.actor, &ticket.place, verb)?;
        if version != ticket.version.to_string() || rules::hindrance(verb, &ticket).is_some() {
            return Err(BatchRefusal::Changed.into());
        }
        let choices: Vec<(String, String)> =
            bodies::choices(tx, &ticket.place)?.into_iter().map(|it| (it.0, it.1)).collect();
        let mut handling = Handling { words: form.words.clone(), version, ..Handling::default() };
        match verb {
            Verb::Dispatch => {
                handling.handler = rules::handler(&form.handler, &choices)?.to_owned();
                let ((), _recorded) = actions::dispatch(tx, id, &handling)?;
            }
            Verb::Supervise => {
                let ((), _recorded) = actions::supervise(tx, id, &handling)?;
            }
        }
        items.push((id, drawers::load(tx, id)?.version));
    }
    Ok(items)
}

/// 撤销 — every case as it was before, or none.
pub(crate) fn undo(tx: &mut Tx<'_>, id: BatchId) -> Result<((), Recorded), Problem> {
    let batch = store::load(tx, id)?;
    let permit = policy::may_batch(&tx.ctx.actor)?;
    rules::undo(&batch, tx.ctx.actor.user, tx.ctx.now)?;
    tx.in_parts(|tx| take_back(tx, &batch))?;
    store::undo(tx, id)?;
    let event = BatchUndone { batch: id, verb: batch.verb.code(), cases: batch.items.len() };
    Ok(((), tx.record(permit, &event)?))
}

/// Each case as it was, if nobody has gone on with it.
fn take_back(tx: &mut Tx<'_>, batch: &Batch) -> Result<(), Problem> {
    let by = bodies::own_name(tx)?;
    for (ticket, version) in &batch.items {
        let ticket = drawers::load(tx, *ticket)?;
        let may = policy::may(&tx.ctx.actor, &ticket.place, batch.verb)?;
        if ticket.version != *version {
            return Err(BatchRefusal::GoneOn.into());
        }
        notices::taken_back(tx, &ticket, &format!("{}已撤回", batch.verb.label()))?;
        let (ticket, step) = rules::undone(batch.verb, ticket);
        let ((), _recorded) = actions::finish(tx, may, &ticket, &step, &by)?;
    }
    Ok(())
}
