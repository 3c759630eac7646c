//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::Problem;

use super::{
    events::{SessionCalled, SessionCancelled, SessionPublished, SessionRecorded},
    policy, rules, store,
    types::{Calling, Ending, Held, Recording, SEALED, Session, Stage},
};
use crate::{
    committees::{self, types::CommitteeId},
    notices,
};

/// 召集会议: the agenda is posted from today, and the neighborhood and the branch are told.
pub(crate) fn call(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Calling,
) -> Result<(i64, Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_hold(&tx.ctx.actor, &committee.place)?;
    let session = rules::call(&committee, form, tx.ctx.today())?;
    let n = store::next(tx, id)?;
    let session = Session { n, ..session };
    store::add(tx, &session)?;
    let place = committee.place;
    let about = (id.into(), format!("/assemblies/committees/{id}/sessions/{n}"));
    let words = format!("业委会将于{}开会“{}”", session.held_on, session.title);
    let told = [notices::branch(&place), notices::neighborhood(&place), notices::committee(&place)];
    notices::tell(tx, about, &place, (&format!("session {n}"), words), &told)?;
    Ok((n, tx.record(permit, &SessionCalled { committee: id, n })?))
}

/// 登记会议记录.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    vault: &Vault,
    (id, n): (CommitteeId, i64),
    form: &Recording,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_hold(&tx.ctx.actor, &committee.place)?;
    let session = store::load(tx, id, n)?;
    let held = rules::record(&committee, &session, form, tx.ctx.today())?;
    let event = SessionRecorded { committee: id, n, present: held.present.len(), quorum: held.has_quorum() };
    let record = format!("{SEALED}{}", vault.seal(&held.record).map_err(Problem::Broken)?.0);
    store::save(tx, &Session { stage: Stage::Held(Held { record, ..held }), ..session })?;
    Ok(((), tx.record(permit, &event)?))
}

/// 公布决定.
pub(crate) fn publish(
    tx: &mut Tx<'_>,
    vault: &Vault,
    (id, n): (CommitteeId, i64),
    form: &Ending,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_hold(&tx.ctx.actor, &committee.place)?;
    let session = store::load(tx, id, n)?;
    let held = rules::publish(&session, form, tx.ctx.today())?;
    store::save(tx, &Session { stage: Stage::Held(held), ..session })?;
    Ok(((), tx.record(permit, &SessionPublished { committee: id, n })?))
}

/// 取消会议.
pub(crate) fn cancel(
    tx: &mut Tx<'_>,
    vault: &Vault,
    (id, n): (CommitteeId, i64),
    form: &Ending,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_hold(&tx.ctx.actor, &committee.place)?;
    let session = store::load(tx, id, n)?;
    let reason = rules::cancel(&session, form)?;
    store::save(tx, &Session { stage: Stage::Cancelled { reason }, ..session })?;
    Ok(((), tx.record(permit, &SessionCancelled { committee: id, n })?))
}
