//! What there is to see of settled facts, and what a ranking counts.

use ::rules::Facts;
use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::{Problem, beijing_minute};
use registry::{communities, records};

use super::{policy, rules, store};
use crate::{
    applications::types::Application,
    assessments::{self, types::Panel},
    awards,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// The candidates of a campaign, and what is kept of each.
#[derive(Debug)]
pub(crate) struct SnapshotsView {
    pub(crate) campaign: Campaign,
    pub(crate) lines: Vec<SnapshotLine>,
    /// How many have none yet.
    pub(crate) missing: usize,
    /// Titles were given, or the campaign was withdrawn: nothing is settled anew.
    pub(crate) closed: bool,
}

#[derive(Debug)]
pub(crate) struct SnapshotLine {
    pub(crate) application: String,
    pub(crate) community: i64,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) kept: Option<Kept>,
}

#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) version: i64,
    pub(crate) facts_on: String,
    pub(crate) by: String,
    pub(crate) at: String,
    pub(crate) reason: String,
    /// What the registers say otherwise today: title, then, now.
    pub(crate) changed: Vec<(String, String, String)>,
}

/// What a ranking counts of a candidate: what was settled, or else what the registers say today.
pub(crate) fn facts_of(tx: &mut Tx<'_>, application: &Application) -> Result<Facts, Problem> {
    match store::newest(tx, application.id)? {
        Some(kept) => Ok(kept.facts),
        None => {
            let today = tx.ctx.today();
            live(tx, application, today)
        }
    }
}

/// What the registers say of a candidate on a day.
pub(crate) fn live(tx: &mut Tx<'_>, application: &Application, on: Date) -> Result<Facts, Problem> {
    let community = communities::load(tx, application.place.community.into())?;
    Ok(records::facts_of(tx, &community, on)?.0)
}

/// The day the owner's ranking takes a candidate's facts of, once they are settled.
pub(crate) fn settled_on(
    tx: &mut Tx<'_>,
    application: crate::applications::types::ApplicationId,
) -> Result<Option<Date>, Problem> {
    Ok(store::newest(tx, application)?.map(|it| it.facts_on))
}

/// How many of these candidates are settled, and the days their facts are told of: the earliest and the latest.
pub(crate) fn settled(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    candidates: impl Iterator<Item = crate::applications::types::ApplicationId>,
) -> Result<(usize, Option<(Date, Date)>), Problem> {
    let kept = store::newest_of_campaign(tx, campaign)?;
    let days: Vec<Date> = candidates.filter_map(|it| Some(kept.get(&it)?.facts_on)).collect();
    Ok((days.len(), days.iter().min().copied().zip(days.iter().max().copied())))
}

pub(crate) fn list(tx: &mut Tx<'_>, vault: &Vault, id: CampaignId) -> Result<SnapshotsView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let _seen = policy::may_settle(&tx.ctx.actor, campaign.owner)?;
    let (today, mut lines) = (tx.ctx.today(), vec![]);
    let mut settled = store::newest_of_campaign(tx, id)?;
    let people: Vec<i64> = settled.values().map(|it| it.person.into()).collect();
    let names = accounts::names(tx, &people)?;
    for application in assessments::ranking::candidates(tx, vault, &campaign, Panel::City)? {
        let community = crate::applications::candidate(tx, &application)?;
        let shown = communities::shown(tx, community)?;
        let kept = match settled.remove(&application.id) {
            None => None,
            Some(it) => {
                let now = live(tx, &application, today)?;
                Some(Kept {
                    version: it.version,
                    facts_on: it.facts_on.to_string(),
                    by: names.get(&i64::from(it.person)).cloned().unwrap_or_default(),
                    at: beijing_minute(it.at),
                    reason: it.reason,
                    changed: rules::changed(&campaign.pack, &it.facts, &now),
                })
            }
        };
        lines.push(SnapshotLine {
            application: application.id.to_string(),
            community: application.place.community,
            name: shown.name,
            place: format!("{} {}", shown.county, shown.subdistrict),
            kept,
        });
    }
    let withdrawn = !campaign.goes_on();
    let missing = lines.iter().filter(|it| it.kept.is_none()).count();
    Ok(SnapshotsView { campaign, lines, missing, closed: awards::is_closed(tx, id)? || withdrawn })
}
