//! Every statement about assessments of progress; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::types::{Progress, ProgressId, Verdict};
use crate::openings::types::CampaignId;

pub(crate) fn load(tx: &mut Tx<'_>, id: ProgressId) -> Result<Progress> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

pub(crate) fn of_campaign(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Progress>> {
    tx.all(include_str!("sql/of_campaign.sql"), &[i64::from(campaign).into()], read)
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Progress) -> Result<()> {
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        it.seen_on.into(),
        serde_json::to_string(&it.figures)?.into(),
        it.verdict.code().into(),
        it.found.clone().into(),
        it.advice.clone().into(),
        i64::from(it.person).into(),
        tx.ctx.now.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn answer(tx: &mut Tx<'_>, it: &Progress, text: &str) -> std::result::Result<(), Problem> {
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        text.into(),
        tx.ctx.now.into(),
    ];
    tx.save_version(include_str!("sql/answer.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Progress> {
    Ok(Progress {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        seen_on: row.maybe_date("seen_on")?.ok_or(StoreError::Missing)?,
        figures: serde_json::from_str(&row.text("figures")?)?,
        verdict: Verdict::from_code(&row.text("verdict")?).ok_or(StoreError::Missing)?,
        found: row.text("found")?,
        advice: row.text("advice")?,
        person: row.int("person")?.into(),
        answer: row.maybe_text("answer")?,
        version: row.int("version")?,
    })
}
