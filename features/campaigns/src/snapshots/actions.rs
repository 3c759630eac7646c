//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use jiff::civil::Date;
use kernel::{FieldError, Problem};

use super::{
    events::FactsSettled,
    policy, queries,
    rules::{self, SnapshotRefusal},
    store,
    types::{Settling, Snapshot},
};
use crate::{
    applications::types::Application,
    assessments::{self, types::Panel},
    awards,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// 核定 — for all candidates that have none yet, or for one anew with a reason.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    form: &Settling,
) -> Result<(usize, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_settle(&tx.ctx.actor, campaign.owner)?;
    if awards::is_closed(tx, id)? {
        return Err(SnapshotRefusal::Closed.into());
    }
    let mut candidates = assessments::ranking::candidates(tx, vault, &campaign, Panel::City)?;
    let anew = !form.application.is_empty();
    if anew {
        candidates.retain(|it| it.id.to_string() == form.application);
        if candidates.is_empty() {
            return Err(Problem::Invalid(vec![FieldError::new("application", "请选择要重新核定的小区")]));
        }
    }
    let first = openings::store::periods(tx, id)?.iter().filter_map(|it| it.starts_on).min();
    let (facts_on, reason) = rules::settling(form, first, tx.ctx.today(), anew)?;
    let mut settled = 0;
    for application in &candidates {
        settled += usize::from(keep(tx, &campaign, application, facts_on, anew.then_some(reason.as_str()))?);
    }
    if settled == 0 {
        return Err(SnapshotRefusal::NothingToSettle.into());
    }
    let application = form.application.clone();
    Ok((
        settled,
        tx.record(permit, &FactsSettled { campaign: id, facts_on, candidates: settled, application })?,
    ))
}

/// What is told to applicants or posted rests on facts that are kept: whoever has none is settled as of today.
pub(crate) fn settle_missing(tx: &mut Tx<'_>, vault: &Vault, campaign: &Campaign) -> Result<(), Problem> {
    let (today, candidates) =
        (tx.ctx.today(), assessments::ranking::candidates(tx, vault, campaign, Panel::City)?);
    for application in &candidates {
        keep(tx, campaign, application, today, None)?;
    }
    Ok(())
}

/// Keeps the facts as of a day. Without a reason only where there are none; says whether it did.
fn keep(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    application: &Application,
    facts_on: Date,
    reason: Option<&str>,
) -> Result<bool, Problem> {
    let before = store::newest(tx, application.id)?.map_or(0, |it| it.version);
    if 0 < before && reason.is_none() {
        return Ok(false);
    }
    let snapshot = Snapshot {
        application: application.id,
        version: before + 1,
        facts_on,
        facts: queries::live(tx, application, facts_on)?,
        reason: reason.unwrap_or_default().to_owned(),
        person: tx.ctx.actor.user,
        at: tx.ctx.now,
    };
    store::add(tx, campaign.id, &snapshot)?;
    Ok(true)
}
