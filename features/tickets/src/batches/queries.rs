//! What there is to see of a batch: before it is done, and after.

use ::store::Tx;
use kernel::{Problem, beijing_minute};

use super::{
    policy, rules, store,
    types::{BatchId, Chosen, Verb},
};
use crate::cases::{
    rows::{self, TicketLine},
    store as drawers,
};

/// A case of the preview: its line, its version, and why it cannot be among them.
#[derive(Debug)]
pub(crate) struct PreviewLine {
    pub(crate) line: TicketLine,
    pub(crate) version: i64,
    pub(crate) hindrance: Option<&'static str>,
}

#[derive(Debug)]
pub(crate) struct PreviewView {
    pub(crate) verb: Verb,
    pub(crate) lines: Vec<PreviewLine>,
    pub(crate) possible: usize,
}

#[derive(Debug)]
pub(crate) struct BatchView {
    pub(crate) id: BatchId,
    pub(crate) verb: Verb,
    pub(crate) words: String,
    pub(crate) done: String,
    pub(crate) undone: Option<String>,
    /// Until when it may be taken back; none when it may not any more.
    pub(crate) until: Option<String>,
    pub(crate) lines: Vec<TicketLine>,
}

pub(crate) fn preview(tx: &mut Tx<'_>, chosen: &Chosen) -> Result<PreviewView, Problem> {
    let actor = tx.ctx.actor.clone();
    let _may = policy::may_batch(&actor)?;
    let verb = Verb::from_code(&chosen.verb).ok_or(rules::BatchRefusal::Nothing)?;
    let mut lines = vec![];
    for (id, _) in rules::cases(&chosen.id)? {
        let ticket = drawers::load(tx, id)?;
        let _seen = crate::cases::policy::may_see(&actor, &ticket.place, &[])?;
        let denied = policy::may(&actor, &ticket.place, verb).is_err().then_some("不由本岗位办理");
        let (version, hindrance) = (ticket.version, denied.or_else(|| rules::hindrance(verb, &ticket)));
        lines.push(PreviewLine { line: rows::line_of(tx, ticket)?, version, hindrance });
    }
    let possible = lines.iter().filter(|it| it.hindrance.is_none()).count();
    Ok(PreviewView { verb, lines, possible })
}

pub(crate) fn batch(tx: &mut Tx<'_>, id: BatchId) -> Result<BatchView, Problem> {
    let batch = store::load(tx, id)?;
    let _may = policy::may_batch(&tx.ctx.actor)?;
    if batch.person != tx.ctx.actor.user {
        return Err(Problem::NotFound);
    }
    let mut lines = vec![];
    for (ticket, _) in &batch.items {
        let ticket = drawers::load(tx, *ticket)?;
        let _seen = crate::cases::policy::may_see(&tx.ctx.actor, &ticket.place, &[])?;
        lines.push(rows::line_of(tx, ticket)?);
    }
    let until = batch.done_at + rules::UNDO;
    let open = batch.undone_at.is_none() && tx.ctx.now < until;
    Ok(BatchView {
        id,
        verb: batch.verb,
        words: batch.words,
        done: beijing_minute(batch.done_at),
        undone: batch.undone_at.map(beijing_minute),
        until: open.then(|| beijing_minute(until)),
        lines,
    })
}
