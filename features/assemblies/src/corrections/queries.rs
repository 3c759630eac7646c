//! What there is to see of a committee's corrections.

use ::store::Tx;
use app::Vault;
use kernel::Problem;

use super::{
    policy,
    rules::{self, GROUNDS},
    store,
    types::Outcome,
};
use crate::{
    committees::{self, types::CommitteeId},
    counting, decisions,
};

#[derive(Debug)]
pub(crate) struct CorrectionView {
    pub(crate) id: String,
    pub(crate) ground: &'static str,
    pub(crate) words: String,
    pub(crate) document: String,
    pub(crate) ordered_on: String,
    pub(crate) due_on: String,
    pub(crate) state: (&'static str, String),
    pub(crate) remark: Option<String>,
    pub(crate) open: bool,
}

#[derive(Debug)]
pub(crate) struct CorrectionsView {
    pub(crate) name: String,
    pub(crate) all: Vec<CorrectionView>,
    /// Final decisions of the owners, that a mandate may rest on.
    pub(crate) mandates: Vec<(String, String)>,
    pub(crate) can_order: bool,
}

/// For whoever may look into the committee.
pub(crate) fn of_committee(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
) -> Result<CorrectionsView, Problem> {
    let committee = committees::seen(tx, vault, id)?;
    let today = tx.ctx.today();
    let mut all = vec![];
    for it in store::of_committee(tx, id)? {
        let (state, remark) = match it.outcome {
            Outcome::Open if it.due_on < today => (("late", "逾期未改正".to_owned()), None),
            Outcome::Open => (("open", "整改中".to_owned()), None),
            Outcome::Corrected { on, remark } => (("good", format!("{on}改正")), Some(remark)),
            Outcome::Reelection { on, remark } => (("refused", format!("{on}转入改选")), Some(remark)),
            Outcome::Acting { on, remark, mandate } => {
                let decision = decisions::store::load(tx, mandate)?.title;
                (("soon", format!("{on}起由社区代行（依据：{decision}）")), Some(remark))
            }
        };
        all.push(CorrectionView {
            id: it.id.to_string(),
            ground: GROUNDS.iter().find(|known| known.0 == it.ground).map_or("", |it| it.1),
            words: it.words,
            document: it.document,
            ordered_on: it.ordered_on.to_string(),
            due_on: it.due_on.to_string(),
            open: remark.is_none(),
            state,
            remark,
        });
    }
    let mut mandates = vec![];
    for it in decisions::store::of_community(tx, committee.place.community)? {
        if counting::is_mandate(tx, &it, rules::MANDATE)? {
            mandates.push((it.id.to_string(), it.title));
        }
    }
    Ok(CorrectionsView {
        name: committees::name(&committee),
        mandates,
        can_order: policy::may_order(&tx.ctx.actor, &committee.place).is_ok(),
        all,
    })
}
