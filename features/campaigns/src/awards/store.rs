//! Every statement about objections, choices and awards; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx};
use kernel::{Problem, Tenant};

use super::exclusions::Exclusion;
use super::types::{Award, Choice, ChoiceId, Objection, ObjectionId, Outcome, tenant_of};
use crate::{applications::types::Application, openings::types::CampaignId};

pub(crate) fn add_objection(tx: &mut Tx<'_>, it: &Objection) -> Result<()> {
    let args = [
        i64::from(tenant_of(it.application).number()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        i64::from(it.notice).into(),
        it.application.map_or(0, i64::from).into(),
        it.body.clone().into(),
        it.contact.clone().into(),
        it.filed_at.into(),
        it.due_on.into(),
    ];
    tx.put(include_str!("sql/add_objection.sql"), &args)
}

pub(crate) fn objection(tx: &mut Tx<'_>, id: ObjectionId) -> Result<Objection> {
    tx.one(
        include_str!("sql/objection.sql"),
        &[tenant(id.into()).into(), i64::from(id).into()],
        read_objection,
    )
}

/// What was raised in a campaign, first come first.
pub(crate) fn objections(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Objection>> {
    tx.all(include_str!("sql/objections.sql"), &[i64::from(campaign).into()], read_objection)
}

/// How many objections wait for an answer, and the newest list that an upheld one was raised against or answered at.
pub(crate) fn standing(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<(i64, Option<i64>)> {
    tx.one(include_str!("sql/standing.sql"), &[i64::from(campaign).into()], |it| {
        Ok((it.int("open")?, it.maybe_int("upheld")?))
    })
}

/// Takes a proposal back that nobody has confirmed.
pub(crate) fn withdraw(tx: &mut Tx<'_>, it: &Choice) -> std::result::Result<(), Problem> {
    let args = [tenant(it.id.into()).into(), i64::from(it.id).into(), it.version.into()];
    tx.save_version(include_str!("sql/withdraw.sql"), &args)
}

/// `newest` is the version posted last when it was answered.
pub(crate) fn answer(tx: &mut Tx<'_>, it: &Objection, newest: i64) -> std::result::Result<(), Problem> {
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.outcome.code().into(),
        it.outcome.answer().map(str::to_owned).into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
        newest.into(),
    ];
    tx.save_version(include_str!("sql/answer.sql"), &args)
}

pub(crate) fn exclude(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    it: &Application,
    (reason, document): (&str, &str),
) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        i64::from(campaign).into(),
        reason.into(),
        document.into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.put(include_str!("sql/exclude.sql"), &args)
}

pub(crate) fn excluded(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Exclusion>> {
    tx.all(include_str!("sql/excluded.sql"), &[i64::from(campaign).into()], |it| {
        Ok(Exclusion {
            application: it.int("application")?.into(),
            reason: it.text("reason")?,
            document: it.text("document")?,
            at: it.time("at")?,
        })
    })
}

pub(crate) fn add_choice(tx: &mut Tx<'_>, it: &Choice) -> Result<()> {
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        it.selection.clone().into(),
        i64::from(it.application).into(),
        it.reason.clone().into(),
        i64::from(it.proposed_by).into(),
        tx.ctx.now.into(),
    ];
    tx.change_one(include_str!("sql/add_choice.sql"), &args)
}

pub(crate) fn choice(tx: &mut Tx<'_>, id: ChoiceId) -> Result<Choice> {
    tx.one(include_str!("sql/choice.sql"), &[tenant(id.into()).into(), i64::from(id).into()], read_choice)
}

pub(crate) fn choices(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Choice>> {
    tx.all(include_str!("sql/choices.sql"), &[i64::from(campaign).into()], read_choice)
}

pub(crate) fn confirm(tx: &mut Tx<'_>, it: &Choice) -> std::result::Result<(), Problem> {
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.save_version(include_str!("sql/confirm.sql"), &args)
}

pub(crate) fn add_award(tx: &mut Tx<'_>, it: &Award) -> Result<()> {
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        i64::from(it.campaign).into(),
        it.selection.clone().into(),
        i64::from(it.application).into(),
        it.rank.into(),
        it.name.clone().into(),
        it.place.clone().into(),
        it.enterprise.clone().into(),
        it.total.clone().into(),
        it.title.clone().into(),
        it.document.clone().into(),
        it.awarded_on.into(),
    ];
    tx.change_one(include_str!("sql/add_award.sql"), &args)
}

pub(crate) fn awards(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Award>> {
    tx.all(include_str!("sql/awards.sql"), &[i64::from(campaign).into()], |it| {
        Ok(Award {
            id: it.int("id")?.into(),
            campaign: it.int("campaign")?.into(),
            selection: it.text("selection")?,
            application: it.int("application")?.into(),
            rank: it.int("rank")?,
            name: it.text("name")?,
            place: it.text("place")?,
            enterprise: it.text("enterprise")?,
            total: it.text("total")?,
            title: it.text("title")?,
            document: it.text("document")?,
            awarded_on: it.maybe_date("awarded_on")?.ok_or(StoreError::Missing)?,
        })
    })
}

fn tenant(id: i64) -> i64 {
    i64::from(Tenant::of_id(id).number())
}

fn read_objection(row: &Row<'_>) -> Result<Objection> {
    let outcome = row.text("outcome")?;
    let unknown = || StoreError::Broken(anyhow::anyhow!("an objection says {outcome}"));
    let outcome = Outcome::read(&outcome, row.maybe_text("answer")?).ok_or_else(unknown)?;
    Ok(Objection {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        notice: row.int("notice")?.into(),
        application: Some(row.int("application")?).filter(|it| *it != 0).map(Into::into),
        body: row.text("body")?,
        contact: row.text("contact")?,
        filed_at: row.time("filed_at")?,
        due_on: row.maybe_date("due_on")?.ok_or(StoreError::Missing)?,
        outcome,
        version: row.int("version")?,
    })
}

fn read_choice(row: &Row<'_>) -> Result<Choice> {
    Ok(Choice {
        id: row.int("id")?.into(),
        campaign: row.int("campaign")?.into(),
        selection: row.text("selection")?,
        application: row.int("application")?.into(),
        reason: row.text("reason")?,
        proposed_by: row.int("proposed_by")?.into(),
        confirmed_by: row.maybe_int("confirmed_by")?.map(Into::into),
        version: row.int("version")?,
    })
}
