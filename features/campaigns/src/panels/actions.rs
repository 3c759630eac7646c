//! The verb. Load, permit, decide, save, record.

use std::collections::BTreeMap;

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{events::PanelNamed, queries, rules, store};
use crate::{
    assessments::types::Panel,
    openings::{self, types::CampaignId},
};

/// 确定测评组 — who is given sheets from now on; those who have some keep them.
pub(crate) fn name(
    tx: &mut Tx<'_>,
    id: CampaignId,
    form: &BTreeMap<String, String>,
) -> Result<(Panel, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let (permit, panel) = queries::of_hat(tx, &campaign)?;
    let home = match panel {
        Panel::City => campaign.owner.scope(),
        Panel::County(tenant) => kernel::Scope::County(tenant),
    };
    let members = rules::read(form, &queries::holders(tx, &home)?)?;
    store::save(tx, id, panel, &members)?;
    let members = members.iter().map(|it| (it.person.to_string(), it.kind.code())).collect();
    Ok((panel, tx.record(permit, &PanelNamed { campaign: id, level: panel.level().code(), members })?))
}
