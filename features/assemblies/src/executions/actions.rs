//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{
    events::{ExecutionDone, ExecutionPlanned},
    policy, rules, store,
    types::{Finishing, Planning},
};
use crate::decisions::{self, DecisionId};

/// What every decision leads to, within the unit of work that makes its result final.
pub(crate) fn begin(tx: &mut Tx<'_>, id: DecisionId) -> Result<(), Problem> {
    for (n, (what, due_on)) in rules::always(tx.ctx.today()).into_iter().enumerate() {
        store::add(tx, id, n as i64 + 1, what, due_on)?;
    }
    Ok(())
}

/// 增加执行事项.
pub(crate) fn plan(tx: &mut Tx<'_>, id: DecisionId, form: &Planning) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_execute(&tx.ctx.actor, &decision.place)?;
    rules::must_be_final(&decision)?;
    let known = store::of_decision(tx, id)?;
    let (what, due_on) = rules::plan(known.len(), form, tx.ctx.today())?;
    let n = known.last().map_or(1, |it| it.n + 1);
    store::add(tx, id, n, &what, due_on)?;
    Ok(((), tx.record(permit, &ExecutionPlanned { decision: id, n })?))
}

/// 办结执行事项.
pub(crate) fn finish(tx: &mut Tx<'_>, id: DecisionId, form: &Finishing) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_execute(&tx.ctx.actor, &decision.place)?;
    rules::must_be_final(&decision)?;
    let known = store::of_decision(tx, id)?;
    let it = known.iter().find(|it| it.n.to_string() == form.n).ok_or(Problem::NotFound)?;
    let (done_on, words) = rules::finish(it, form, tx.ctx.today())?;
    store::finish(tx, id, it, done_on, &words)?;
    Ok(((), tx.record(permit, &ExecutionDone { decision: id, n: it.n })?))
}
