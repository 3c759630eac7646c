//! 提出异议 against what is posted now.

use ::store::{Recorded, StoreError, Tx};
use app::Vault;
use kernel::Problem;
use serde_json::json;

use super::{policy, queries};
use crate::{
    counting,
    decisions::{self, Stage, rules::DecisionRefusal},
    foundings, notices,
    objections::{self, Raising},
    records,
    rolls::{self, types::Stage as RollStage},
};

/// How many objections one sender may raise within a day: more would only keep a posting from ending.
const MOST_OBJECTIONS: i64 = 5;

/// One more of a sender's, unless there were too many within the day.
pub(crate) fn count_try(tx: &mut Tx<'_>, sender: &str) -> Result<bool, Problem> {
    tx.try_again(&format!("object {sender}"), MOST_OBJECTIONS, 24, "assemblies.object")
}

/// Against a roll or a group's list while it is posted, or against a provisional result.
pub(crate) fn object(
    tx: &mut Tx<'_>,
    vault: &Vault,
    subject: i64,
    form: &Raising,
) -> Result<((), Recorded), Problem> {
    let permit = policy::may_object()?;
    let mut logged = None;
    let open = match decisions::store::load(tx, subject.into()) {
        Ok(it) if it.stage == Stage::Draft => return Err(Problem::NotFound),
        Ok(it) => {
            logged = Some(it.id);
            let newest = counting::store::results(tx, it.id)?.into_iter().next();
            matches!(it.stage, Stage::Provisional(..))
                && newest.is_some_and(|it| tx.ctx.today() < it.next_step)
        }
        Err(StoreError::Missing) => match rolls::load(tx, subject.into()) {
            Ok(roll) => match roll.stage {
                RollStage::Draft | RollStage::Withdrawn { .. } => return Err(Problem::NotFound),
                stage => stage == RollStage::Proposed && tx.ctx.today() < roll.next_step,
            },
            Err(StoreError::Missing) => foundings::is_posted(tx, vault, subject.into())?,
            Err(other) => return Err(other.into()),
        },
        Err(other) => return Err(other.into()),
    };
    if !open {
        return Err(DecisionRefusal::Stage("不在公示期，或公示已经结束").into());
    }
    let ((objection, words), recorded) = objections::raise(tx, vault, permit, subject, form)?;
    let queries::About { place, href, what, .. } = queries::about(tx, vault, subject)?;
    let by = objections::rules::answer_by(tx.ctx.now);
    let (mark, notice) = (format!("objected:{objection}"), format!("收到对{what}的异议，请在{by}前答复"));
    notices::tell(tx, (subject, href), &place, (&mark, notice), &[notices::street(&place)])?;
    if let Some(id) = logged {
        // That it was raised cannot be undone; what it says is for those who answer it.
        let said =
            json!({ "objection": objection.to_string(), "sha256": records::rules::commitment(&words) });
        records::append(tx, id, "objection", &said)?;
    }
    Ok(((), recorded))
}
