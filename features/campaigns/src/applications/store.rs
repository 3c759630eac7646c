//! Every statement about applications; rows to nouns and back, names and phones sealed on the way in.

use ::store::{Listing, Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use jiff::civil::Date;
use kernel::{Place, Problem, Scope, Tenant};
use registry::communities::CommunityId;

use super::{
    lists::Narrow,
    types::{Answers, Application, ApplicationId, Channel, Party, Stage},
};
use crate::openings::types::CampaignId;

pub(crate) fn load(tx: &mut Tx<'_>, vault: &Vault, id: ApplicationId) -> Result<Application> {
    tx.one(include_str!("sql/load.sql"), &[super::store::tenant(id).into(), i64::from(id).into()], |it| {
        read(it, vault)
    })
}

/// Where an application lies and what is selected, without opening what is sealed in it.
pub(crate) fn community_of(tx: &mut Tx<'_>, id: ApplicationId) -> Result<(i64, Option<String>)> {
    let args = [super::store::tenant(id).into(), i64::from(id).into()];
    tx.one(include_str!("sql/community_of.sql"), &args, |it| {
        Ok((it.int("community")?, it.maybe_text("subject")?))
    })
}

/// Whether an enterprise is in a campaign already, by whichever of its communities: handed in by anybody, or being written
/// by the same (`by`: the way of entry, and the county that recommends). `but` is not asked.
pub(crate) fn has_enterprise(
    tx: &mut Tx<'_>,
    (city, campaign): (i64, CampaignId),
    enterprise: i64,
    by: Option<(Channel, i64)>,
    but: Option<ApplicationId>,
) -> Result<bool> {
    let channel = by.map_or("", |it| it.0.code());
    let args = [
        city.into(),
        i64::from(campaign).into(),
        enterprise.into(),
        channel.into(),
        by.map_or(0, |it| it.1).into(),
        but.map_or(0, i64::from).into(),
    ];
    Ok(tx.maybe(include_str!("sql/has_enterprise.sql"), &args, |it| it.int("id"))?.is_some())
}

/// Takes a draft out that nobody but its writer has seen.
pub(crate) fn remove_draft(tx: &mut Tx<'_>, it: &Application) -> std::result::Result<(), Problem> {
    let args = [it.place.tenant.into(), i64::from(it.id).into(), it.version.into()];
    tx.save_version(include_str!("sql/remove_draft.sql"), &args)
}

pub(crate) fn place_of(tx: &mut Tx<'_>, id: ApplicationId) -> Result<kernel::Place> {
    let args = [super::store::tenant(id).into(), i64::from(id).into()];
    tx.one(include_str!("sql/place_of.sql"), &args, |it| it.place())
}

pub(crate) fn of_community(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    campaign: CampaignId,
    community: CommunityId,
) -> Result<Option<ApplicationId>> {
    let args = [i64::from(tenant.number()).into(), i64::from(campaign).into(), i64::from(community).into()];
    tx.maybe(include_str!("sql/of_community.sql"), &args, |it| Ok(it.int("id")?.into()))
}

pub(crate) fn add(tx: &mut Tx<'_>, vault: &Vault, it: &Application) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        i64::from(it.campaign).into(),
        it.channel.code().into(),
        sealed(&it.answers, vault)?.into(),
        it.subject.clone().into(),
        it.party.code().into(),
    ];
    Ok(tx.put(include_str!("sql/add.sql"), &args)?)
}

pub(crate) fn save(tx: &mut Tx<'_>, vault: &Vault, it: &Application) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.stage.code().into(),
        sealed(&it.answers, vault)?.into(),
        it.stage.reason().map(str::to_owned).into(),
        it.paper_on.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// When it was submitted; whatever is saved later does not move that.
pub(crate) fn note_submission(tx: &mut Tx<'_>, id: ApplicationId) -> Result<()> {
    let args = [super::store::tenant(id).into(), i64::from(id).into(), tx.ctx.now.into()];
    tx.change_one(include_str!("sql/note_submission.sql"), &args)
}

/// The applications of a campaign within a scope, in the order they were begun.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    vault: &Vault,
    scope: &Scope,
    campaign: CampaignId,
    narrow: Narrow,
    after: i64,
    limit: i64,
) -> Result<Vec<Application>> {
    let (block, number) = scope.equality();
    let mut on = vec![block];
    on.extend(narrow.stage.map(|_| "staged"));
    on.extend(narrow.county.map(|_| "of_county"));
    let args = [
        number.into(),
        i64::from(campaign).into(),
        after.into(),
        limit.into(),
        narrow.stage.unwrap_or_default().into(),
        narrow.county.into(),
    ];
    tx.list(&Listing::of(include_str!("sql/list.sql"), &on, &args), |it| read(it, vault))
}

/// How many of a hat's applications are at a stage.
pub(crate) fn in_stage(tx: &mut Tx<'_>, scope: &Scope, campaign: CampaignId, stage: &str) -> Result<i64> {
    counted(tx, scope, (campaign, stage), &[], ("", ""))
}

/// How many were sent back to whoever wrote them: a party its own nominations, a county its recommendations.
pub(crate) fn sent_back(
    tx: &mut Tx<'_>,
    scope: &Scope,
    campaign: CampaignId,
    by: Option<Party>,
) -> Result<i64> {
    let returned = (campaign, "returned");
    match by {
        Some(party) => {
            counted(tx, scope, returned, &["written"], (Channel::SelfNominated.code(), party.code()))
        }
        None => counted(tx, scope, returned, &["recommended"], (Channel::Bureau.code(), "")),
    }
}

fn counted(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (campaign, stage): (CampaignId, &str),
    narrowed: &[&'static str],
    (channel, party): (&str, &str),
) -> Result<i64> {
    let (block, number) = scope.equality();
    let on = [&[block], narrowed].concat();
    let args = [number.into(), i64::from(campaign).into(), stage.into(), channel.into(), party.into()];
    let found = tx.list(&Listing::of(include_str!("sql/in_stage.sql"), &on, &args), |it| it.int("n"))?;
    Ok(found.first().copied().unwrap_or_default())
}

/// Submitted or further, and accepted, per county.
pub(crate) fn counts(tx: &mut Tx<'_>, city: i64, campaign: CampaignId) -> Result<Vec<(i64, i64, i64)>> {
    let args = [city.into(), i64::from(campaign).into()];
    tx.all(include_str!("sql/counts.sql"), &args, |it| {
        Ok((it.int("tenant")?, it.int("submitted")?, it.int("accepted")?))
    })
}

/// Whose applications there are, each once, and where: county, enterprise, a committee's community; drafts too.
pub(crate) fn applicants(
    tx: &mut Tx<'_>,
    city: i64,
    campaign: CampaignId,
) -> Result<Vec<(Channel, Party, Place)>> {
    tx.all(include_str!("sql/applicants.sql"), &[city.into(), i64::from(campaign).into()], |it| {
        let (tenant, enterprise, community) =
            (it.int("tenant")?, it.int("enterprise")?, it.int("community")?);
        Ok((channel(it)?, party(it)?, Place { tenant, enterprise, community, ..Place::default() }))
    })
}

/// The selections an application has been chosen in, in the order of the pack's cascade.
pub(crate) fn selections(tx: &mut Tx<'_>, pack: &::rules::Pack, it: &Application) -> Result<Vec<String>> {
    let args = [it.place.tenant.into(), i64::from(it.campaign).into(), i64::from(it.id).into()];
    let mut found = tx.all(include_str!("sql/selections.sql"), &args, |it| it.text("selection"))?;
    found.sort_by_key(|code| pack.cascade.selections.iter().position(|it| it.code == *code));
    Ok(found)
}

/// The county's next selection this application has not been chosen in yet.
pub(crate) fn next_selection(
    tx: &mut Tx<'_>,
    pack: &::rules::Pack,
    it: &Application,
) -> Result<Option<String>> {
    let done = selections(tx, pack, it)?;
    let own = pack.cascade.selections.iter().filter(|it| it.per == ::rules::Per::County);
    Ok(own.map(|it| it.code.clone()).find(|it| !done.contains(it)))
}

pub(crate) fn select(
    tx: &mut Tx<'_>,
    it: &Application,
    selection: &str,
    on: Date,
    decision: &str,
) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.campaign).into(),
        selection.into(),
        i64::from(it.id).into(),
        on.into(),
        decision.into(),
    ];
    tx.change_one(include_str!("sql/select.sql"), &args)
}

pub(crate) fn unselect(tx: &mut Tx<'_>, it: &Application, selection: &str) -> Result<()> {
    let args =
        [it.place.tenant.into(), i64::from(it.campaign).into(), selection.into(), i64::from(it.id).into()];
    tx.change_one(include_str!("sql/unselect.sql"), &args)
}

/// Everybody chosen in one selection, of a city.
pub(crate) fn selected(
    tx: &mut Tx<'_>,
    vault: &Vault,
    city: i64,
    campaign: CampaignId,
    selection: &str,
) -> Result<Vec<Application>> {
    let args = [city.into(), i64::from(campaign).into(), selection.into()];
    tx.all(include_str!("sql/selected.sql"), &args, |it| read(it, vault))
}

fn channel(row: &Row<'_>) -> Result<Channel> {
    // The table's checks leave nothing else.
    Ok(if row.text("channel")? == "self" { Channel::SelfNominated } else { Channel::Bureau })
}

fn party(row: &Row<'_>) -> Result<Party> {
    Party::from_code(&row.text("party")?).ok_or(StoreError::Missing)
}

fn sealed(answers: &Answers, vault: &Vault) -> std::result::Result<String, Problem> {
    let mut hidden = answers.clone();
    for (name, phone) in hidden.contacts.values_mut() {
        for text in [name, phone] {
            if !text.is_empty() {
                *text = vault.seal(text).map_err(Problem::Broken)?.0;
            }
        }
    }
    serde_json::to_string(&hidden).map_err(|it| Problem::Broken(it.into()))
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Application> {
    let mut answers: Answers = serde_json::from_str(&row.text("answers")?)?;
    for (name, phone) in answers.contacts.values_mut() {
        for text in [name, phone] {
            if !text.is_empty() {
                *text = vault.open_sealed(&Sealed(std::mem::take(text))).map_err(StoreError::Broken)?;
            }
        }
    }
    let stage = match (row.text("stage")?.as_str(), row.maybe_text("reason")?) {
        ("submitted", _) => Stage::Submitted,
        ("returned", Some(reason)) => Stage::Returned { reason },
        ("reviewed", _) => Stage::Reviewed,
        ("accepted", _) => Stage::Accepted,
        // The table's checks leave nothing else.
        _ => Stage::Draft,
    };
    Ok(Application {
        id: row.int("id")?.into(),
        place: row.place()?,
        campaign: row.int("campaign")?.into(),
        channel: channel(row)?,
        party: party(row)?,
        subject: row.maybe_text("subject")?,
        stage,
        answers,
        paper_on: row.maybe_date("paper_on")?,
        version: row.int("version")?,
    })
}

/// The tenant an application lies with.
pub(crate) fn tenant(id: ApplicationId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}
