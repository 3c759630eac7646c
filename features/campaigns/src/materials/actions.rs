//! The verb: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::Problem;

use super::{events::MaterialSaved, policy, queries, store};
use crate::{
    applications::{self, types::ApplicationId},
    openings,
    reports::{self, Typed},
};

/// 保存材料 — gaps may stay until it is sent on; numbers of people are masked.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    typed: &Typed,
) -> Result<((), Recorded), Problem> {
    let application = applications::store::load(tx, vault, id)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place, application.party)?;
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    let form = queries::form(&campaign.pack).ok_or(Problem::NotFound)?;
    let sections = reports::sections(form, typed, false)?;
    let version = store::load(tx, id)?.map_or(0, |it| it.1);
    applications::rules::same_version(version, typed)?;
    store::save(tx, id, &sections, version)?;
    Ok(((), tx.record(permit, &MaterialSaved { application: id })?))
}
