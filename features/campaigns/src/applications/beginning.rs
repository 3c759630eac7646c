//! 开始申报 — what is looked at before an application is begun: which community, and what is selected in it.

use ::rules::Selects;
use ::store::Tx;
use kernel::{Problem, Tenant};
use registry::{communities, records};

use super::{
    actions, policy,
    rules::ApplicationRefusal,
    store,
    subjects::{self, Known},
    types::{Application, ApplicationId, Channel, Nominee},
};
use crate::openings::{
    self,
    types::{Campaign, CampaignId},
};

/// Most communities that are listed for one name.
const MOST: usize = 20;
/// Most that are looked at for those that were addressed and are still open.
const MOST_LOOKED_AT: usize = 200;

#[derive(Debug)]
pub(crate) struct BeginView {
    pub(crate) campaign: Campaign,
    /// Whether this hat finds communities by name; else those it serves are listed.
    pub(crate) finds: bool,
    /// A search by name is offered: to whoever finds, or serves more than are listed.
    pub(crate) searches: bool,
    /// There are some of this name, and the campaign was sent to none of them.
    pub(crate) elsewhere: bool,
    /// Each with the application it has already.
    pub(crate) found: Vec<(communities::CommunityView, Option<ApplicationId>)>,
    /// More go by this name than are listed.
    pub(crate) more: bool,
    pub(crate) chosen: Option<Chosen>,
}

/// The community that was chosen.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) community: communities::CommunityView,
    /// It is in this campaign already.
    pub(crate) there: Option<ApplicationId>,
    /// What would be nominated, where it is not to be typed; or why nothing can be.
    pub(crate) subject: Result<Option<String>, String>,
}

/// Whether applications are being taken.
pub(crate) fn is_applying(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<bool, Problem> {
    let today = tx.ctx.today();
    match openings::queries::must_be_running(tx, campaign.id, actions::APPLYING, today) {
        Ok(()) => Ok(true),
        Err(Problem::Refused { .. }) => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// What the registers know of who could be selected in a community.
pub(crate) fn known(tx: &mut Tx<'_>, community: &communities::Community) -> Result<Known, Problem> {
    let shown = communities::shown(tx, community.clone())?;
    let committee = records::newest_title(tx, community, "committee")?;
    Ok(Known { community: shown.name, enterprise: shown.enterprise, committee })
}

/// An enterprise is in a campaign once, by whichever of its communities.
pub(crate) fn must_be_new(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    community: &communities::Community,
    channel: Channel,
) -> Result<(), Problem> {
    if store::of_community(tx, community.tenant(), campaign.id, community.id)?.is_some() {
        return Err(ApplicationRefusal::AlreadyApplied.into());
    }
    let place = &community.place;
    if campaign.pack.selects == Selects::Enterprise
        && store::has_enterprise(
            tx,
            (place.city, campaign.id),
            place.enterprise,
            Some((channel, place.tenant)),
            None,
        )?
    {
        return Err(ApplicationRefusal::EnterpriseApplied.into());
    }
    Ok(())
}

/// Of two that were written at once by two offices, the first that is handed in stands.
pub(super) fn must_be_only(tx: &mut Tx<'_>, campaign: &Campaign, it: &Application) -> Result<(), Problem> {
    let city = (it.place.city, campaign.id);
    if campaign.pack.selects == Selects::Enterprise
        && store::has_enterprise(tx, city, it.place.enterprise, None, Some(it.id))?
    {
        return Err(ApplicationRefusal::EnterpriseApplied.into());
    }
    Ok(())
}

/// The first communities a hat may still nominate itself for — those it serves that were sent the notice and are not in yet,
/// while applications are taken — and whether there are more.
pub(super) fn open(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
) -> Result<(Vec<communities::CommunityView>, bool), Problem> {
    let (actor, selects) = (tx.ctx.actor.clone(), campaign.pack.selects);
    if !policy::nominates_itself(&actor, selects) || !is_applying(tx, campaign)? {
        return Ok((vec![], false));
    }
    // An enterprise nominates itself once, by whichever of its communities.
    if let (kernel::Scope::Enterprise(own), Selects::Enterprise) = (actor.hat.scope, selects) {
        let by = Some((Channel::SelfNominated, 0));
        if store::has_enterprise(tx, (campaign.owner.city, campaign.id), own, by, None)? {
            return Ok((vec![], false));
        }
    }
    let mut found = vec![];
    let served = communities::in_scope(tx, MOST_LOOKED_AT)?;
    let unseen = MOST_LOOKED_AT <= served.len();
    for it in served {
        let tenant = Tenant::of_id(it.id.into());
        let open =
            campaign.includes(&it.place) && store::of_community(tx, tenant, campaign.id, it.id)?.is_none();
        if open {
            found.push(it);
        }
        if MOST < found.len() {
            break;
        }
    }
    let more = unseen || MOST < found.len();
    found.truncate(MOST);
    Ok((found, more))
}

pub(crate) fn look(
    tx: &mut Tx<'_>,
    id: CampaignId,
    find: &str,
    chosen: Option<communities::CommunityId>,
) -> Result<BeginView, Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let selects = campaign.pack.selects;
    let finds = !policy::nominates_itself(&tx.ctx.actor, selects);
    let _may = policy::may_look(&tx.ctx.actor, selects)?;
    let asked = 2 <= find.trim().chars().count();
    let mut named = if finds || asked {
        communities::named_in_scope(tx, find, MOST_LOOKED_AT)?
    } else {
        communities::in_scope(tx, MOST_LOOKED_AT)?
    };
    // More go by this name than were looked at, or than are listed.
    let unseen = MOST_LOOKED_AT <= named.len();
    let called = !named.is_empty();
    named.retain(|it| campaign.includes(&it.place));
    let more = unseen || MOST < named.len();
    named.truncate(MOST);
    let mut found = vec![];
    for it in named {
        let there = store::of_community(tx, Tenant::of_id(it.id.into()), id, it.id)?;
        found.push((it, there));
    }
    let chosen = match chosen {
        None => None,
        Some(it) => Some(choose(tx, &campaign, it)?),
    };
    let elsewhere = called && found.is_empty();
    let searches = finds || asked || more;
    Ok(BeginView { campaign, finds, searches, elsewhere, found, more, chosen })
}

fn choose(tx: &mut Tx<'_>, campaign: &Campaign, id: communities::CommunityId) -> Result<Chosen, Problem> {
    let community = communities::load(tx, id)?;
    let _may = policy::may_apply(&tx.ctx.actor, &community.place, campaign.pack.selects)?;
    if !campaign.includes(&community.place) {
        return Err(ApplicationRefusal::Elsewhere.into());
    }
    let there = store::of_community(tx, Tenant::of_id(id.into()), campaign.id, id)?;
    let known = known(tx, &community)?;
    let subject = match campaign.pack.selects {
        Selects::Person => Ok(None),
        selects => match subjects::named(selects, &known, &Nominee::default()) {
            Ok(it) => Ok(it),
            Err(Problem::Invalid(errors)) => Err(errors.into_iter().map(|it| it.message).collect()),
            Err(problem) => return Err(problem),
        },
    };
    Ok(Chosen { community: communities::shown(tx, community)?, there, subject })
}
