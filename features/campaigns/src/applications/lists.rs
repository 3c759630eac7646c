//! Lists of applications: the page of them, whoever was passed, what waits, and 附件4.

use std::collections::BTreeMap;

use ::store::Tx;
use app::Vault;
use kernel::{Problem, Role};
use registry::{communities, records};

use super::{
    beginning, labels, policy,
    queries::title,
    store,
    subjects::candidate,
    types::{Application, ApplicationId, Party, Stage},
};
use crate::{
    assessments::ranking,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
    packs::PinnedPack,
    papers,
};

/// One line of the list.
#[derive(Debug)]
pub(crate) struct ApplicationLine {
    pub(crate) id: ApplicationId,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) channel_label: &'static str,
    pub(crate) selected: Vec<String>,
}

/// A page of the list, with the communities an enterprise may still begin.
#[derive(Debug)]
pub(crate) struct ApplicationList {
    pub(crate) campaign: Campaign,
    pub(crate) lines: Vec<ApplicationLine>,
    pub(crate) open: Vec<communities::CommunityView>,
    /// There are more of them than are listed.
    pub(crate) more_open: bool,
    /// 推荐申报: the county, for whoever does not nominate itself.
    pub(crate) can_begin: bool,
    pub(crate) next: Option<ApplicationId>,
    /// The city's counties, to narrow by; for whoever sees several.
    pub(crate) counties: Vec<(i64, String)>,
}

/// What the list is narrowed to, as it stands in the URL; what is unknown narrows nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Narrow {
    /// The code of a stage.
    pub(crate) stage: Option<&'static str>,
    pub(crate) county: Option<i64>,
}

const PAGE: i64 = 100;

pub(crate) fn list(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    narrow: Narrow,
    after: i64,
) -> Result<ApplicationList, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let scope = policy::visible(&tx.ctx.actor);
    let mut found = store::list(tx, vault, &scope, id, narrow, after, PAGE + 1)?;
    let next = next_page(&mut found);
    let mut lines = vec![];
    for application in &found {
        let community = candidate(tx, application)?;
        let community = communities::shown(tx, community)?;
        let selected = store::selections(tx, &campaign.pack, application)?
            .iter()
            .map(|it| title(&campaign.pack, it))
            .collect();
        lines.push(ApplicationLine {
            id: application.id,
            place: format!("{} {} {}", community.county, community.subdistrict, community.neighborhood),
            enterprise: community.enterprise.clone().unwrap_or_default(),
            name: community.name,
            stage: labels::stage(&application.stage),
            channel_label: labels::channel((application.channel, application.party), campaign.pack.selects),
            selected,
        });
    }
    let (open, more_open) = beginning::open(tx, &campaign)?;
    let counties = match scope {
        kernel::Scope::City(_) => openings::queries::counties(tx, &campaign)?,
        _ => BTreeMap::new(),
    };
    let counties = counties.into_iter().map(|(number, it)| (number, it.name)).collect();
    let can_begin =
        policy::may_begin(&tx.ctx.actor, campaign.pack.selects) && tx.ctx.actor.is(Role::CountyBureau);
    let can_begin = can_begin && beginning::is_applying(tx, &campaign)?;
    Ok(ApplicationList { can_begin, campaign, lines, open, more_open, next, counties })
}

/// Cuts the one row too many that was asked for, and says where the next page begins.
fn next_page(found: &mut Vec<Application>) -> Option<ApplicationId> {
    let more = PAGE < found.len() as i64;
    found.truncate(PAGE as usize);
    found.last().filter(|_| more).map(|it| it.id)
}

/// Everybody the county has passed, within a scope.
pub(crate) fn accepted(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    scope: &kernel::Scope,
) -> Result<Vec<Application>, Problem> {
    let (mut after, mut all) = (Some(0), vec![]);
    while let Some(from) = after {
        let mut found = store::list(tx, vault, scope, id, Narrow::default(), from, PAGE + 1)?;
        after = next_page(&mut found).map(i64::from);
        all.extend(found.into_iter().filter(|it| it.stage == Stage::Accepted));
    }
    Ok(all)
}

/// Every application of a campaign this hat sees, with its community's name.
pub(crate) fn begun(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
) -> Result<Vec<(ApplicationId, String)>, Problem> {
    let scope = policy::visible(&tx.ctx.actor);
    let (mut after, mut all) = (Some(0), vec![]);
    while let Some(from) = after {
        let mut found = store::list(tx, vault, &scope, id, Narrow::default(), from, PAGE + 1)?;
        after = next_page(&mut found).map(i64::from);
        for it in found {
            all.push((it.id, candidate(tx, &it)?.name));
        }
    }
    Ok(all)
}

/// How many applications wait for the hat worn: at the street to be looked at, at the county to be passed.
pub(crate) fn waiting(tx: &mut Tx<'_>, id: CampaignId) -> Result<(i64, &'static str), Problem> {
    let actor = tx.ctx.actor.clone();
    let stage = match actor.hat.role {
        Role::Subdistrict => Stage::Submitted.code(),
        Role::CountyBureau => Stage::Reviewed.code(),
        _ => return Ok((0, "")),
    };
    Ok((store::in_stage(tx, &policy::visible(&actor), id, stage)?, stage))
}

/// How many were sent back to the hat worn, to be put right.
pub(crate) fn sent_back(tx: &mut Tx<'_>, id: CampaignId) -> Result<i64, Problem> {
    let actor = tx.ctx.actor.clone();
    let by = match actor.hat.role {
        Role::Enterprise => Some(Party::Enterprise),
        Role::OwnersCommittee => Some(Party::Committee),
        Role::CountyBureau => None,
        _ => return Ok(0),
    };
    Ok(store::sent_back(tx, &policy::visible(&actor), id, by)?)
}

/// The rows of 附件4 for the recommended communities this hat sees (LA-053); the score is the
/// county's own, which stays apart from the city's (LA-054).
pub(crate) fn annex_4(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
) -> Result<(PinnedPack, Vec<Vec<String>>), Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let (scope, today) = (policy::visible(&tx.ctx.actor), tx.ctx.today());
    let mut rows = vec![];
    let mut standings = BTreeMap::new();
    for application in accepted(tx, vault, id, &scope)? {
        if store::selections(tx, &campaign.pack, &application)?.is_empty() {
            continue;
        }
        let tenant = kernel::Tenant::of_id(application.id.into());
        if let std::collections::btree_map::Entry::Vacant(place) = standings.entry(tenant) {
            place.insert(ranking::standings(tx, vault, &campaign, tenant)?);
        }
        let standing = standings.get(&tenant).and_then(|it| it.get(&application.id.into())).cloned();
        // A county that works on paper tells its own; the house computed none.
        let standing = match standing {
            Some(it) => Some(it),
            None => papers::reported(tx, application.id)?.filter(|it| !it.is_empty()),
        };
        let community = candidate(tx, &application)?;
        let (facts, _) = records::facts_of(tx, &community, today)?;
        let view = communities::shown(tx, community)?;
        let shown = |name: &str| {
            let known = ::rules::catalogue().get(name).zip(facts.get(name));
            known.map_or("无记录".to_owned(), |(fact, value)| fact.show(value))
        };
        let number = (rows.len() + 1).to_string();
        // One county's sheet needs no such column; the city reads of many.
        let county = matches!(scope, kernel::Scope::City(_)).then_some(view.county);
        let head = [Some(number), county, Some(view.name)];
        let mut row: Vec<String> = head.into_iter().flatten().collect();
        row.extend([
            standing.unwrap_or_else(|| "县区未评完".to_owned()),
            format!("{}{}", view.subdistrict, view.neighborhood),
            view.enterprise.unwrap_or_default(),
            application.answers.party_org.clone(),
            application.answers.committee.clone(),
            format!("近12个月{}件", shown("complaint_count")),
            format!("收缴率{}", shown("fee_collection_rate")),
        ]);
        rows.push(row);
    }
    Ok((campaign.pack, rows))
}
