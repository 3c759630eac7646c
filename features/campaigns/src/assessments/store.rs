//! Every statement about sheets and posted lists; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant, UserId};

use super::types::{Level, Notice, NoticeId, Sheet, SheetId, Stage};
use crate::openings::{
    store::read_period,
    types::{CampaignId, Period},
};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Sheet) -> Result<bool> {
    let args = [
        tenant(it.id).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        i64::from(it.application).into(),
        i64::from(it.assessor).into(),
        it.level.code().into(),
    ];
    // An assessor who has the sheet already keeps it as it is.
    Ok(tx.change(include_str!("sql/add.sql"), &args)? == 1)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: SheetId) -> Result<Sheet> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id).into(), i64::from(id).into()], read)
}

/// A sheet, and the period its level scores in, of these codes, if the campaign has it: for whoever saves one, all in one question.
pub(crate) fn load_with_period(
    tx: &mut Tx<'_>,
    id: SheetId,
    (city, county): (&str, &str),
) -> Result<(Sheet, Option<Period>)> {
    let args = [tenant(id).into(), i64::from(id).into(), city.into(), county.into()];
    tx.one(include_str!("sql/load_with_period.sql"), &args, |row| {
        let period = row.maybe_text("code")?.map(|_| read_period(row)).transpose()?;
        Ok((read(row)?, period))
    })
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Sheet) -> std::result::Result<(), Problem> {
    let locked_at = (it.stage == Stage::Locked).then_some(tx.ctx.now);
    let marks = serde_json::to_string(&it.marks).map_err(StoreError::from)?;
    let args = [
        tenant(it.id).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.stage.code().into(),
        marks.into(),
        locked_at.into(),
        it.void_reason.clone().into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

pub(crate) fn of_assessor(tx: &mut Tx<'_>, assessor: UserId) -> Result<Vec<Sheet>> {
    tx.all(include_str!("sql/of_assessor.sql"), &[i64::from(assessor).into()], read)
}

/// Every sheet of a campaign: for the demonstration.
#[cfg(feature = "seeding")]
pub(crate) fn of_campaign(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Sheet>> {
    tx.all(include_str!("sql/of_campaign.sql"), &[i64::from(campaign).into()], read)
}

/// The sheets of one application; the tenant is the application's.
pub(crate) fn of_application(tx: &mut Tx<'_>, application: i64) -> Result<Vec<Sheet>> {
    let tenant = i64::from(Tenant::of_id(application).number());
    tx.all(include_str!("sql/of_application.sql"), &[tenant.into(), application.into()], read)
}

/// How many of a county's own sheets are locked in a campaign.
pub(crate) fn locked_in_county(tx: &mut Tx<'_>, tenant: Tenant, campaign: CampaignId) -> Result<i64> {
    let args = [i64::from(tenant.number()).into(), i64::from(campaign).into()];
    tx.one(include_str!("sql/locked_in_county.sql"), &args, |it| it.int("n"))
}

/// A county's refining standard, if it made one, its version, and what it rests on.
pub(crate) fn refinement(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    campaign: CampaignId,
) -> Result<Option<(String, String, i64)>> {
    let args = [i64::from(tenant.number()).into(), i64::from(campaign).into()];
    tx.maybe(include_str!("sql/refinement.sql"), &args, |it| {
        Ok((it.text("standard")?, it.text("reason")?, it.int("version")?))
    })
}

pub(crate) fn save_refinement(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    campaign: CampaignId,
    standard: &str,
    reason: &str,
) -> Result<()> {
    let args =
        [i64::from(tenant.number()).into(), i64::from(campaign).into(), standard.into(), reason.into()];
    tx.change_one(include_str!("sql/save_refinement.sql"), &args)
}

pub(crate) fn add_notice(tx: &mut Tx<'_>, it: &Notice) -> Result<()> {
    let args = [
        i64::from(it.campaign).into(),
        it.version.into(),
        i64::from(it.id).into(),
        it.posted_on.into(),
        it.days.into(),
        it.next_step.into(),
        serde_json::to_string(&it.lines)?.into(),
        it.reason.clone().into(),
    ];
    tx.put(include_str!("sql/add_notice.sql"), &args)
}

pub(crate) fn notices(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Notice>> {
    tx.all(include_str!("sql/notices.sql"), &[i64::from(campaign).into()], read_notice)
}

/// The newest fifty lists that were posted, each with its campaign's title.
pub(crate) fn posted(tx: &mut Tx<'_>) -> Result<Vec<(Notice, String)>> {
    tx.all(include_str!("sql/posted.sql"), &[], |it| Ok((read_notice(it)?, it.text("title")?)))
}

pub(crate) fn notice(tx: &mut Tx<'_>, id: NoticeId) -> Result<Notice> {
    tx.one(include_str!("sql/notice.sql"), &[i64::from(id).into()], read_notice)
}

fn tenant(id: SheetId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}

fn read(row: &Row<'_>) -> Result<Sheet> {
    Ok(Sheet {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        application: row.int("application")?.into(),
        assessor: row.int("assessor")?.into(),
        level: Level::from_code(&row.text("level")?),
        stage: Stage::from_code(&row.text("stage")?),
        void_reason: row.maybe_text("void_reason")?,
        marks: serde_json::from_str(&row.text("marks")?)?,
        version: row.int("version")?,
    })
}

fn read_notice(row: &Row<'_>) -> Result<Notice> {
    Ok(Notice {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        version: row.int("version")?,
        posted_on: row.maybe_date("posted_on")?.ok_or(StoreError::Missing)?,
        days: row.int("days")?,
        next_step: row.maybe_date("next_step")?.ok_or(StoreError::Missing)?,
        lines: serde_json::from_str(&row.text("body")?)?,
        reason: row.text("reason")?,
    })
}
