//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::Problem;

use super::{
    events::{OversightClosed, OversightOpened},
    policy, rules, store,
    types::{Closing, Entry, Kind, Opening},
};
use crate::{
    committees::{self, types::CommitteeId},
    notices,
};

/// 登记; the committee hears of an audit.
pub(crate) fn open(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Opening,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_keep(&tx.ctx.actor, &committee.place)?;
    let entry = rules::open(&committee, form, tx.ctx.today())?;
    let entry = Entry { n: store::next(tx, id)?, ..entry };
    store::add(tx, vault, &entry)?;
    if let (Kind::Audit, Some(due_on)) = (entry.kind, entry.due_on) {
        let place = committee.place;
        let about = (id.into(), format!("/assemblies/committees/{id}/oversight"));
        let words = format!("开展{}，{due_on}前完成", entry.kind.class(&entry.class));
        notices::tell(
            tx,
            about,
            &place,
            (&format!("audit {}", entry.n), words),
            &[notices::committee(&place)],
        )?;
    }
    let (n, kind, class) = (entry.n, entry.kind.code(), entry.class);
    Ok(((), tx.record(permit, &OversightOpened { committee: id, n, kind, class })?))
}

/// 办结.
pub(crate) fn close(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Closing,
) -> Result<((), Recorded), Problem> {
    let committee = committees::load(tx, vault, id)?;
    let permit = policy::may_keep(&tx.ctx.actor, &committee.place)?;
    let all = store::of_committee(tx, vault, id)?;
    let entry = all.into_iter().find(|it| it.n.to_string() == form.n).ok_or(Problem::NotFound)?;
    let closed = Some(rules::close(&entry, form, tx.ctx.today())?);
    let (n, kind) = (entry.n, entry.kind.code());
    store::close(tx, vault, &Entry { closed, ..entry })?;
    Ok(((), tx.record(permit, &OversightClosed { committee: id, n, kind })?))
}
