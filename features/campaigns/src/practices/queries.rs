//! What there is to see of articles and publicity: the campaign's desk, and what everybody reads.

use ::store::Tx;
use app::Vault;
use kernel::{Problem, beijing_date};
use registry::communities;

use super::{
    policy, store,
    types::{Practice, PracticeForm, PracticeId, Publication, Stage},
};
use crate::{
    applications,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// One article in a list.
#[derive(Debug)]
pub(crate) struct PracticeLine {
    pub(crate) id: PracticeId,
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) stage: (&'static str, String),
    pub(crate) can_publish: bool,
    pub(crate) can_withdraw: bool,
    pub(crate) can_write: bool,
}

#[derive(Debug)]
pub(crate) struct PracticesView {
    pub(crate) campaign: Campaign,
    pub(crate) practices: Vec<PracticeLine>,
    pub(crate) publications: Vec<Publication>,
    /// Communities this hat may write about.
    pub(crate) about: Vec<(String, String)>,
    pub(crate) can_record: bool,
}

/// A published article as everybody reads it.
#[derive(Debug)]
pub(crate) struct PracticeView {
    pub(crate) practice: Practice,
    pub(crate) campaign: String,
    pub(crate) place: String,
    pub(crate) published_on: String,
}

pub(crate) fn practices(tx: &mut Tx<'_>, vault: &Vault, id: CampaignId) -> Result<PracticesView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let actor = tx.ctx.actor.clone();
    let goes_on = campaign.goes_on();
    let owner = policy::may_publish(&actor, campaign.owner).is_ok();
    let mut practices = vec![];
    for it in store::of_campaign(tx, id)? {
        let community = communities::load(tx, it.community.into())?;
        let writes = policy::may_write(&actor, &community.place).is_ok();
        // Until it is published an article is between its author's house and the owner.
        if !owner && !writes && !matches!(it.stage, Stage::Published { .. }) {
            continue;
        }
        practices.push(PracticeLine {
            id: it.id,
            place: community.name,
            stage: stage(&it.stage),
            can_publish: owner && goes_on && it.stage == Stage::Submitted,
            can_withdraw: owner && goes_on && matches!(it.stage, Stage::Published { .. }),
            can_write: writes && goes_on && !matches!(it.stage, Stage::Published { .. }),
            title: it.title,
        });
    }
    let mut about = vec![];
    for (id, name) in applications::lists::begun(tx, vault, id)? {
        let (community, _) = applications::store::community_of(tx, id)?;
        let community = communities::load(tx, community.into())?;
        if goes_on && policy::may_write(&actor, &community.place).is_ok() {
            about.push((id.to_string(), name));
        }
    }
    let can_record = goes_on && policy::may_record(&actor, campaign.owner).is_ok();
    let publications = store::publications(tx, id)?;
    Ok(PracticesView { campaign, practices, publications, about, can_record })
}

fn stage(stage: &Stage) -> (&'static str, String) {
    match stage {
        Stage::Submitted => ("soon", "待发布".to_owned()),
        Stage::Returned { reason } => ("late", format!("退回：{reason}")),
        Stage::Published { at } => ("done", format!("{}发布", beijing_date(*at))),
        Stage::Withdrawn { reason } => ("open", format!("已撤下：{reason}")),
    }
}

/// 经验 for everybody: only what is published.
pub(crate) fn published(tx: &mut Tx<'_>, id: PracticeId) -> Result<PracticeView, Problem> {
    let practice = store::load(tx, id)?;
    let Stage::Published { at } = practice.stage else { return Err(Problem::NotFound) };
    view(tx, practice, beijing_date(at).to_string())
}

/// The published ones of a community, newest first, for everybody.
pub(crate) fn of_community(tx: &mut Tx<'_>, community: i64) -> Result<Vec<(PracticeId, String)>, Problem> {
    Ok(store::of_community(tx, community)?.into_iter().map(|it| (it.id, it.title)).collect())
}

/// The newest published ones of every campaign, for everybody: id, title, community.
pub(crate) fn newest(tx: &mut Tx<'_>) -> Result<Vec<(PracticeId, String, String)>, Problem> {
    let mut all = vec![];
    for it in store::published(tx)? {
        all.push((it.id, it.title, communities::load(tx, it.community.into())?.name));
    }
    Ok(all)
}

/// An article at its author's or the owner's desk, with the form as it stands.
pub(crate) fn desk(
    tx: &mut Tx<'_>,
    id: PracticeId,
) -> Result<(PracticeView, PracticeForm, bool, bool), Problem> {
    let practice = store::load(tx, id)?;
    let campaign = openings::store::load(tx, practice.campaign)?;
    let community = communities::load(tx, practice.community.into())?;
    let owner = policy::may_publish(&tx.ctx.actor, campaign.owner).is_ok();
    let writes = match policy::may_write(&tx.ctx.actor, &community.place) {
        Ok(_) => true,
        Err(_) if owner => false,
        Err(denied) => return Err(denied.into()),
    };
    let form = PracticeForm {
        application: practice.application.to_string(),
        title: practice.title.clone(),
        body: practice.body.clone(),
        version: practice.version.to_string(),
    };
    let on = stage(&practice.stage).1;
    let can_write = writes && campaign.goes_on() && !matches!(practice.stage, Stage::Published { .. });
    Ok((view(tx, practice, on)?, form, can_write, owner))
}

fn view(tx: &mut Tx<'_>, practice: Practice, on: String) -> Result<PracticeView, Problem> {
    let campaign = openings::store::load(tx, practice.campaign)?.title;
    let place = communities::load(tx, practice.community.into())?.name;
    Ok(PracticeView { practice, campaign, place, published_on: on })
}
