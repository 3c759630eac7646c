//! What there is to see of panels, and who may be given a sheet.

use ::store::Tx;
use kernel::{Problem, Role, Scope, UserId};

use super::{
    store,
    types::{Holder, Kind},
};
use crate::{
    assessments::{self, types::Panel},
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// A panel, as the office that names it sees it.
#[derive(Debug)]
pub(crate) struct PanelView {
    pub(crate) campaign: Campaign,
    pub(crate) panel: Panel,
    pub(crate) lines: Vec<PanelLine>,
}

#[derive(Debug)]
pub(crate) struct PanelLine {
    pub(crate) holder: Holder,
    /// Empty for whoever is not in it.
    pub(crate) kind: &'static str,
    /// Sheets of this campaign, and how many of them are locked.
    pub(crate) sheets: (usize, usize),
}

/// Whoever holds the post of assessor in a part of the world, each once.
pub(crate) fn holders(tx: &mut Tx<'_>, home: &Scope) -> Result<Vec<Holder>, Problem> {
    let mut found: Vec<Holder> = vec![];
    for (person, name, label) in accounts::holders(tx, Role::Assessor, home)? {
        if found.iter().all(|it| it.person != person) {
            found.push(Holder { person, name, label });
        }
    }
    Ok(found)
}

/// Where a panel's assessors hold their post.
fn home(campaign: &Campaign, panel: Panel) -> Scope {
    match panel {
        Panel::City => campaign.owner.scope(),
        Panel::County(tenant) => Scope::County(tenant),
    }
}

/// Whoever may be given a sheet: those named who still hold the post; where nobody is named, all who hold it.
pub(crate) fn scorers(tx: &mut Tx<'_>, campaign: &Campaign, panel: Panel) -> Result<Vec<UserId>, Problem> {
    let named = store::members(tx, campaign.id, panel)?;
    let holders = holders(tx, &home(campaign, panel))?.into_iter().map(|it| it.person);
    Ok(holders.filter(|it| named.is_empty() || named.iter().any(|member| member.person == *it)).collect())
}

/// The panel of the hat worn: the owner's, or the county's own.
///
/// # Errors
/// It names no panel here.
pub(crate) fn of_hat(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<(kernel::Permit, Panel), Problem> {
    let actor = tx.ctx.actor.clone();
    let panel = match actor.hat.scope {
        Scope::County(tenant) if campaign.owner.county.is_none() => Panel::County(tenant),
        _ => Panel::City,
    };
    Ok((assessments::policy::may_rank_panel(&actor, campaign.owner, panel)?, panel))
}

pub(crate) fn panel(tx: &mut Tx<'_>, id: CampaignId) -> Result<PanelView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let (_seen, panel) = of_hat(tx, &campaign)?;
    let named = store::members(tx, id, panel)?;
    let mut lines = vec![];
    for holder in holders(tx, &home(&campaign, panel))? {
        let sheets = assessments::store::of_assessor(tx, holder.person)?;
        let own = sheets.iter().filter(|it| it.campaign == id && it.level == panel.level() && it.counts());
        let locked = own.clone().filter(|it| it.stage == assessments::types::Stage::Locked).count();
        let kind = named.iter().find(|it| it.person == holder.person).map_or("", |it| it.kind.code());
        lines.push(PanelLine { kind, sheets: (own.count(), locked), holder });
    }
    Ok(PanelView { campaign, panel, lines })
}

/// Code and name of every kind, to choose from.
pub(crate) fn kinds() -> Vec<(&'static str, &'static str)> {
    Kind::ALL.into_iter().map(|it| (it.code(), it.label())).collect()
}
