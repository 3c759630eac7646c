//! 回避 — whoever stands in an election does not handle its ballots.

use ::store::Tx;
use kernel::Problem;

use super::{rules, types::Decision};

/// 回避: a candidate does not handle the ballots of the own election.
pub(crate) fn must_stand_back(tx: &mut Tx<'_>, decision: &Decision) -> Result<(), Problem> {
    let person = i64::from(tx.ctx.actor.user);
    let name = accounts::names(tx, &[person])?.remove(&person).unwrap_or_default();
    Ok(rules::must_stand_back(decision, &name)?)
}
