//! Every statement about articles and records of publicity; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::types::{Channel, Practice, PracticeId, Publication, PublicationId, Stage};
use crate::openings::types::CampaignId;

pub(crate) fn load(tx: &mut Tx<'_>, id: PracticeId) -> Result<Practice> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], read)
}

pub(crate) fn of_campaign(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Practice>> {
    tx.all(include_str!("sql/of_campaign.sql"), &[i64::from(campaign).into()], read)
}

/// The newest published ones of all.
pub(crate) fn published(tx: &mut Tx<'_>) -> Result<Vec<Practice>> {
    tx.all(include_str!("sql/published.sql"), &[], read)
}

/// The newest published ones of a community, of whatever campaign.
pub(crate) fn of_community(tx: &mut Tx<'_>, community: i64) -> Result<Vec<Practice>> {
    tx.all(include_str!("sql/of_community.sql"), &[community.into()], read)
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Practice) -> Result<()> {
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        i64::from(it.application).into(),
        it.community.into(),
        it.title.clone().into(),
        it.body.clone().into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Practice) -> std::result::Result<(), Problem> {
    let (reason, at) = match &it.stage {
        Stage::Submitted => ("", None),
        Stage::Returned { reason } | Stage::Withdrawn { reason } => (reason.as_str(), None),
        Stage::Published { at } => ("", Some(*at)),
    };
    let args = [
        i64::from(it.tenant().number()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.title.clone().into(),
        it.body.clone().into(),
        it.stage.code().into(),
        reason.into(),
        at.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Practice> {
    let reason = row.text("reason")?;
    let stage = match row.text("stage")?.as_str() {
        "submitted" => Stage::Submitted,
        "returned" => Stage::Returned { reason },
        "published" => Stage::Published { at: row.time("published_at")? },
        _ => Stage::Withdrawn { reason },
    };
    Ok(Practice {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        application: row.int("application")?.into(),
        community: row.int("community")?,
        title: row.text("title")?,
        body: row.text("body")?,
        stage,
        version: row.int("version")?,
    })
}

pub(crate) fn publications(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Publication>> {
    tx.all(include_str!("sql/publications.sql"), &[i64::from(campaign).into()], read_publication)
}

pub(crate) fn publication(tx: &mut Tx<'_>, id: PublicationId) -> Result<Publication> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/publication.sql"), &[tenant.into(), i64::from(id).into()], read_publication)
}

pub(crate) fn add_publication(tx: &mut Tx<'_>, it: &Publication) -> Result<()> {
    let args = [
        i64::from(Tenant::of_id(it.id.into()).number()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        it.channel.code().into(),
        it.medium.clone().into(),
        it.title.clone().into(),
        it.link.clone().into(),
        it.published_on.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.put(include_str!("sql/add_publication.sql"), &args)
}

pub(crate) fn void_publication(
    tx: &mut Tx<'_>,
    it: &Publication,
    reason: &str,
) -> std::result::Result<(), Problem> {
    let tenant = i64::from(Tenant::of_id(it.id.into()).number());
    let args = [tenant.into(), i64::from(it.id).into(), it.version.into(), reason.into()];
    tx.save_version(include_str!("sql/void_publication.sql"), &args)
}

fn read_publication(row: &Row<'_>) -> Result<Publication> {
    Ok(Publication {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        channel: Channel::from_code(&row.text("channel")?).ok_or(StoreError::Missing)?,
        medium: row.text("medium")?,
        title: row.text("title")?,
        link: row.text("link")?,
        published_on: row.maybe_date("published_on")?.ok_or(StoreError::Missing)?,
        void_reason: row.maybe_text("void_reason")?,
        version: row.int("version")?,
    })
}
