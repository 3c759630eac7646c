//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{
    events::{ReportReturned, ReportSaved, ReportSubmitted},
    policy,
    rules::{self, ReportRefusal},
    store,
    types::{Report, ReportId, Typed},
};
use crate::openings::{self, types::CampaignId};

/// 保存或报送 — the county's own report on one form of the notice.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    id: CampaignId,
    form: &str,
    typed: &Typed,
) -> Result<(ReportId, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let form = rules::form(&campaign.pack, form)?;
    let by_city = rules::by_city(&campaign.pack, form);
    let (permit, tenant) = policy::may_report(&tx.ctx.actor, campaign.owner, by_city)?;
    let before = store::of_county(tx, tenant, id, &form.code)?;
    if before.as_ref().is_some_and(|it| it.submitted_at.is_some()) {
        return Err(ReportRefusal::Submitted.into());
    }
    let version = before.as_ref().map_or(0, |it| it.version);
    crate::applications::rules::same_version(version, typed)?;
    let handing_in = typed.contains_key("submit");
    let sections = rules::sections(form, typed, handing_in)?;
    let submitted_at = handing_in.then_some(tx.ctx.now);
    let first = before.as_ref().and_then(|it| it.handed_at);
    let handed_at = first.or(submitted_at);
    let report = match before {
        Some(before) => Report { sections, submitted_at, handed_at, ..before },
        None => Report {
            id: tx.ctx.new_id(tenant).into(),
            campaign: id,
            form: form.code.clone(),
            sections,
            submitted_at,
            handed_at,
            version: 1,
        },
    };
    if version == 0 {
        store::add(tx, &report)?;
    } else {
        store::save(tx, &report)?;
    }
    let recorded = if handing_in {
        tx.record(permit, &ReportSubmitted { report: report.id })?
    } else {
        tx.record(permit, &ReportSaved { report: report.id })?
    };
    Ok((report.id, recorded))
}

/// 退回补充.
pub(crate) fn send_back(tx: &mut Tx<'_>, id: ReportId) -> Result<(CampaignId, Recorded), Problem> {
    let report = store::load(tx, id)?;
    let campaign = openings::store::load(tx, report.campaign)?;
    let permit = policy::may_send_back(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    if report.tenant() == policy::OF_THE_CITY {
        return Err(Problem::NotFound);
    }
    if report.submitted_at.is_none() {
        return Err(ReportRefusal::NotSubmitted.into());
    }
    store::save(tx, &Report { submitted_at: None, ..report })?;
    Ok((campaign.id, tx.record(permit, &ReportReturned { report: id })?))
}
