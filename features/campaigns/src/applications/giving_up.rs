//! 放弃申报 — a draft that was never handed in is taken out again by whoever writes it, so that it keeps nobody else out.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::Problem;

use super::{
    events::ApplicationGivenUp,
    policy,
    rules::{self, ApplicationRefusal},
    store,
    types::ApplicationId,
};
use crate::{
    appeals, materials,
    openings::{self, types::CampaignId},
    practices,
};

pub(crate) fn give_up(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
) -> Result<(CampaignId, Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place, application.writer())?;
    openings::going_on(tx, application.campaign)?;
    rules::must_be_draft(&application)?;
    // The material is written by more than one office: what stands in it is taken out by whoever wrote it, or by their leave.
    if materials::is_begun(tx, id)? {
        return Err(ApplicationRefusal::HasMaterial.into());
    }
    // What others answer to stays with it.
    if appeals::is_appealed(tx, id)? || practices::is_told_of(tx, application.campaign, id)? {
        return Err(ApplicationRefusal::ReliedUpon.into());
    }
    for file in files::of_subject(tx, id.into())? {
        files::take_away(tx, id.into(), file.id)?;
    }
    materials::forget(tx, id)?;
    store::remove_draft(tx, &application)?;
    Ok((application.campaign, tx.record(permit, &ApplicationGivenUp { application: id })?))
}
