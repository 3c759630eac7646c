//! What there is to see of the execution of a decision: the same for the office and for everybody.

use ::store::Tx;
use kernel::{Place, Problem};

use super::{policy, store};
use crate::decisions::DecisionId;

#[derive(Debug)]
pub(crate) struct ExecutionView {
    pub(crate) n: i64,
    pub(crate) what: String,
    pub(crate) due_on: String,
    pub(crate) state: (&'static str, String),
    pub(crate) words: Option<String>,
    pub(crate) can_finish: bool,
}

/// The steps, and whether this hat may add to them.
pub(crate) fn of_decision(
    tx: &mut Tx<'_>,
    id: DecisionId,
    place: &Place,
) -> Result<(Vec<ExecutionView>, bool), Problem> {
    let may = policy::may_execute(&tx.ctx.actor, place).is_ok();
    let today = tx.ctx.today();
    let steps = store::of_decision(tx, id)?;
    let view = |it: super::types::Execution| ExecutionView {
        n: it.n,
        due_on: it.due_on.to_string(),
        state: match &it.done {
            Some((on, _)) if it.due_on < *on => ("done", format!("{on}办结（逾期）")),
            Some((on, _)) => ("done", format!("{on}办结")),
            None if it.due_on < today => ("late", "逾期".to_owned()),
            None => ("open", "执行中".to_owned()),
        },
        can_finish: may && it.done.is_none(),
        words: it.done.map(|it| it.1),
        what: it.what,
    };
    Ok((steps.into_iter().map(view).collect(), may))
}
