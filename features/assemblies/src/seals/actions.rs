//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::Problem;

use super::{
    events::{SealAsked, SealDecided},
    policy, queries,
    rules::{self, SealRefusal},
    store,
    types::{Asking, Deciding, Outcome, Use},
};
use crate::{
    committees::{self, types::CommitteeId},
    notices,
};

/// 申请用印.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Asking,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_ask(&tx.ctx.actor, &committee.place)?;
    if committee.ended.is_some() {
        return Err(SealRefusal::Ended.into());
    }
    let allowing = queries::allowing(tx, &committee)?;
    let (seal, document, copies, basis) = rules::ask(form, &allowing)?;
    let (n, asked_on, asked_by) = (store::next(tx, id)?, tx.ctx.today(), tx.ctx.actor.user);
    let asked = Use {
        committee: id,
        n,
        seal,
        document,
        copies,
        basis,
        asked_on,
        asked_by,
        outcome: Outcome::Open,
        version: 1,
    };
    store::add(tx, &asked)?;
    let place = committee.place;
    let about = (id.into(), format!("/assemblies/committees/{id}/seals"));
    let words = format!("申请使用{}：{}", seal.label(), asked.document);
    notices::tell(tx, about, &place, (&format!("seal {n}"), words), &[notices::neighborhood(&place)])?;
    Ok(((), tx.record(permit, &SealAsked { committee: id, n, seal: seal.code() })?))
}

/// 用印, or not.
pub(crate) fn decide(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Deciding,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_set(&tx.ctx.actor, &committee.place)?;
    let all = store::of_committee(tx, id)?;
    let asked = all.into_iter().find(|it| it.n.to_string() == form.n).ok_or(Problem::NotFound)?;
    let outcome = rules::decide(&asked, committee.ended.is_some(), form, tx.ctx.actor.user, tx.ctx.today())?;
    let (n, stamped) = (asked.n, matches!(outcome, Outcome::Stamped { .. }));
    let place = committee.place;
    let about = (id.into(), format!("/assemblies/committees/{id}/seals"));
    let words = format!("{}：{}", if stamped { "已用印" } else { "不予用印" }, asked.document);
    store::decide(tx, &Use { outcome, ..asked })?;
    notices::tell(tx, about, &place, (&format!("seal {n} decided"), words), &[notices::committee(&place)])?;
    Ok(((), tx.record(permit, &SealDecided { committee: id, n, stamped })?))
}
