//! Every statement about appeals; rows to nouns and back.

use ::store::{Listing, Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::types::{Appeal, AppealId, Hearing, Subject};
use crate::{applications::types::ApplicationId, awards::Outcome, openings::types::CampaignId};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Appeal) -> Result<()> {
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        i64::from(it.application).into(),
        it.subject.code().into(),
        it.says.clone().into(),
        it.body.clone().into(),
        i64::from(it.filed_by).into(),
        it.filed_at.into(),
        it.due_on.into(),
        serde_json::to_string(&it.scored_by)?.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: AppealId) -> Result<Appeal> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id.into()).into(), i64::from(id).into()], read)
}

/// What was raised about one application, first come first.
pub(crate) fn of_application(tx: &mut Tx<'_>, id: ApplicationId) -> Result<Vec<Appeal>> {
    tx.all(include_str!("sql/of_application.sql"), &[tenant(id.into()).into(), i64::from(id).into()], read)
}

/// What was raised in a campaign, in all of it or in one county.
pub(crate) fn of_campaign(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    county: Option<Tenant>,
) -> Result<Vec<Appeal>> {
    let on: &[&str] = if county.is_some() { &["county"] } else { &[] };
    let args = [i64::from(campaign).into(), county.map(|it| i64::from(it.number())).into()];
    tx.list(&Listing::of(include_str!("sql/of_campaign.sql"), on, &args), read)
}

pub(crate) fn answer(tx: &mut Tx<'_>, it: &Appeal) -> std::result::Result<(), Problem> {
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.outcome.code().into(),
        it.outcome.answer().map(str::to_owned).into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.save_version(include_str!("sql/answer.sql"), &args)
}

pub(crate) fn hearing(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Option<Hearing>> {
    tx.maybe(include_str!("sql/hearing.sql"), &[i64::from(campaign).into()], |it| {
        Ok(Hearing {
            campaign: it.int("campaign")?.into(),
            opened_on: it.maybe_date("opened_on")?.ok_or(StoreError::Missing)?,
            closes_on: it.maybe_date("closes_on")?.ok_or(StoreError::Missing)?,
        })
    })
}

pub(crate) fn add_hearing(tx: &mut Tx<'_>, it: &Hearing) -> Result<()> {
    let person = i64::from(tx.ctx.actor.user);
    let args = [i64::from(it.campaign).into(), it.opened_on.into(), it.closes_on.into(), person.into()];
    tx.put(include_str!("sql/add_hearing.sql"), &args)
}

fn tenant(id: i64) -> i64 {
    i64::from(Tenant::of_id(id).number())
}

fn read(row: &Row<'_>) -> Result<Appeal> {
    let (subject, outcome) = (row.text("subject")?, row.text("outcome")?);
    let unknown = |it: &str| StoreError::Broken(anyhow::anyhow!("an appeal says {it}"));
    Ok(Appeal {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        application: row.int("application")?.into(),
        subject: Subject::from_code(&subject).ok_or_else(|| unknown(&subject))?,
        says: row.text("says")?,
        body: row.text("body")?,
        filed_by: row.int("filed_by")?.into(),
        filed_at: row.time("filed_at")?,
        due_on: row.maybe_date("due_on")?.ok_or(StoreError::Missing)?,
        outcome: Outcome::read(&outcome, row.maybe_text("answer")?).ok_or_else(|| unknown(&outcome))?,
        scored_by: serde_json::from_str(&row.text("scored_by")?)?,
        version: row.int("version")?,
    })
}
