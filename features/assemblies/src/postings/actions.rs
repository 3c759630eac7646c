//! 提出异议 against what is posted now.

use ::store::{Recorded, StoreError, Tx};
use app::Vault;
use kernel::Problem;

use super::policy;
use crate::{
    decisions::{self, Stage, rules::DecisionRefusal},
    objections::{self, Raising},
    rolls::{self, types::Stage as RollStage},
};

/// Against a roll while it is posted, or against a provisional result.
pub(crate) fn object(
    tx: &mut Tx<'_>,
    vault: &Vault,
    subject: i64,
    form: &Raising,
) -> Result<((), Recorded), Problem> {
    let permit = policy::may_object()?;
    let open = match decisions::store::load(tx, subject.into()) {
        Ok(it) if it.stage == Stage::Draft => return Err(Problem::NotFound),
        Ok(it) => matches!(it.stage, Stage::Provisional(..)),
        Err(StoreError::Missing) => match rolls::load(tx, subject.into())?.stage {
            RollStage::Withdrawn { .. } => return Err(Problem::NotFound),
            stage => stage == RollStage::Proposed,
        },
        Err(other) => return Err(other.into()),
    };
    if !open {
        return Err(DecisionRefusal::Stage("不在公示期，或公示已经结束").into());
    }
    objections::raise(tx, vault, permit, subject, form)
}
