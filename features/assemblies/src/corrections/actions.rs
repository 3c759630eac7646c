//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{Problem, Tenant};

use super::{
    events::{CorrectionClosed, CorrectionOrdered},
    policy, rules, store,
    types::{Closing, Correction, CorrectionId, Ordering, Outcome},
};
use crate::{
    committees::{self, types::CommitteeId},
    counting, decisions, notices,
};

/// 责令整改.
pub(crate) fn order(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Ordering,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_order(&tx.ctx.actor, &committee.place)?;
    let (ground, words, document, due_on) = rules::order(form, tx.ctx.today())?;
    let correction = CorrectionId::from(tx.ctx.new_id(Tenant::of_id(id.into())));
    let ordered_on = tx.ctx.today();
    let (committee_of, committee, outcome) = (committee, id, Outcome::Open);
    let known = ground.clone();
    let about = (correction.into(), format!("/assemblies/committees/{id}/corrections"));
    let place = committee_of.place;
    notices::tell(
        tx,
        about,
        &place,
        ("ordered", format!("责令{due_on}前整改")),
        &[notices::committee(&place)],
    )?;
    store::add(
        tx,
        &Correction {
            id: correction,
            committee,
            ground,
            words,
            document,
            ordered_on,
            due_on,
            outcome,
            version: 1,
        },
    )?;
    Ok(((), tx.record(permit, &CorrectionOrdered { committee, correction, ground: known })?))
}

/// 登记整改结果.
pub(crate) fn close(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Closing,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_order(&tx.ctx.actor, &committee.place)?;
    let all = store::of_committee(tx, id)?;
    let correction =
        all.into_iter().find(|it| it.id.to_string() == form.correction).ok_or(Problem::NotFound)?;
    let decided = decisions::store::of_community(tx, committee.place.community)?;
    let mandate = match decided.iter().find(|it| it.id.to_string() == form.mandate) {
        Some(it) if rules::may_be_meant(&correction, it) && counting::is_mandate(tx, it, rules::MANDATE)? => {
            Some(it.id)
        }
        _ => None,
    };
    let outcome = rules::close(&correction, mandate, form, tx.ctx.today())?;
    let code = match &outcome {
        Outcome::Open => "open",
        Outcome::Corrected { .. } => "corrected",
        Outcome::Reelection { .. } => "reelection",
        Outcome::Acting { .. } => "acting",
    };
    let id_of = correction.id;
    store::close(tx, &Correction { outcome, ..correction })?;
    Ok(((), tx.record(permit, &CorrectionClosed { committee: id, correction: id_of, outcome: code })?))
}
