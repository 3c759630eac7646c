//! Every statement about reports; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::types::{Report, ReportId};
use crate::openings::types::CampaignId;

pub(crate) fn load(tx: &mut Tx<'_>, id: ReportId) -> Result<Report> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

pub(crate) fn of_county(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    campaign: CampaignId,
    form: &str,
) -> Result<Option<Report>> {
    let args = [i64::from(tenant.number()).into(), i64::from(campaign).into(), form.into()];
    tx.maybe(include_str!("sql/of_county.sql"), &args, read)
}

/// Every county's, of a campaign.
pub(crate) fn of_campaign(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Report>> {
    tx.all(include_str!("sql/of_campaign.sql"), &[i64::from(campaign).into()], read)
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Report) -> Result<()> {
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        it.form.clone().into(),
        serde_json::to_string(&it.sections)?.into(),
        it.submitted_at.into(),
        it.handed_at.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Report) -> std::result::Result<(), Problem> {
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        serde_json::to_string(&it.sections).map_err(StoreError::from)?.into(),
        it.submitted_at.into(),
        it.handed_at.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Report> {
    let time = |column: &str| row.maybe_int(column)?.map(|_| row.time(column)).transpose();
    let (submitted_at, handed_at) = (time("submitted_at")?, time("handed_at")?);
    Ok(Report {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        form: row.text("form")?,
        sections: serde_json::from_str(&row.text("sections")?)?,
        submitted_at,
        handed_at,
        version: row.int("version")?,
    })
}
