//! What there is to see on the board.

use ::rules::Per;
use ::store::Tx;
use app::Vault;
use calendar::Calendar;
use kernel::{Problem, Ratio};

use super::rules::{self, Spread, Standing, State};
use crate::{
    applications,
    assessments::{self, ranking, types::Panel},
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

#[derive(Debug)]
pub(crate) struct BoardView {
    pub(crate) campaign: Campaign,
    pub(crate) counties: Vec<CountyView>,
    pub(crate) items: Vec<ItemView>,
    /// How many candidates have locked sheets.
    pub(crate) scored: usize,
    pub(crate) candidates: usize,
}

#[derive(Debug)]
pub(crate) struct CountyView {
    pub(crate) name: String,
    pub(crate) state: State,
    pub(crate) signed: bool,
    pub(crate) communities: i64,
    pub(crate) submitted: i64,
    pub(crate) accepted: i64,
    pub(crate) recommended: i64,
    pub(crate) places: i64,
    /// Hundredths of the widest bar of all counties: submitted, accepted, recommended, quota.
    pub(crate) bars: [i64; 4],
}

#[derive(Debug)]
pub(crate) struct ItemView {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) worth: String,
    pub(crate) spread: Spread,
}

pub(crate) fn board(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    id: CampaignId,
) -> Result<BoardView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let _seen = assessments::may_rank(&tx.ctx.actor, campaign.owner)?;
    let counties = counties(tx, calendar, &campaign)?;
    let candidates = ranking::candidates(tx, vault, &campaign, Panel::City)?;
    let items: Vec<_> =
        campaign.pack.standard.items().map(|it| (it.code.clone(), it.says.clone(), it.max)).collect();
    let mut scores: Vec<Vec<Ratio>> = vec![vec![]; items.len()];
    let mut scored = 0;
    for application in &candidates {
        if assessments::counting_sheets(tx, application.id)?.is_empty() {
            continue;
        }
        scored += 1;
        let (facts, sheets) = ranking::sheets_of(tx, application, Panel::City)?;
        let entry = ranking::entry(application, facts, &sheets, &campaign.pack)?;
        let explained =
            ::rules::explain(&campaign.pack.standard, &entry).map_err(|it| Problem::Broken(it.into()))?;
        for (scores, it) in scores.iter_mut().zip(explained) {
            scores.extend(it.earned);
        }
    }
    let item = |((code, says, worth), scores): ((String, String, Ratio), Vec<Ratio>)| {
        let spread = rules::spread(scores, worth)?;
        Some(ItemView { code, says, worth: worth.rounded(2), spread })
    };
    Ok(BoardView {
        counties,
        items: items.into_iter().zip(scores).filter_map(item).collect(),
        scored,
        candidates: candidates.len(),
        campaign,
    })
}

fn counties(tx: &mut Tx<'_>, calendar: &Calendar, campaign: &Campaign) -> Result<Vec<CountyView>, Problem> {
    let own = campaign.pack.cascade.selections.iter().filter(|it| it.per == Per::County);
    let last = own.map(|it| (it.code.clone(), i64::from(it.at_least))).next_back();
    let (last, least) = last.unwrap_or_default();
    let (periods, today) = (openings::store::periods(tx, campaign.id)?, tx.ctx.today());
    let is_over = applications::is_recommending_over(&periods, today);
    let lines = openings::queries::campaign(tx, campaign.id, calendar)?.counties;
    let widest = lines.iter().map(|it| it.submitted.max(quota(it, &last).1)).max().unwrap_or(0).max(1);
    let view = |it: openings::queries::CountyLine| {
        let (recommended, places) = quota(&it, &last);
        let standing = Standing {
            signed: it.signed.is_some(),
            submitted: it.submitted,
            accepted: it.accepted,
            recommended,
            places,
            least,
            is_over,
        };
        CountyView {
            state: rules::state(&standing),
            signed: standing.signed,
            bars: [it.submitted, it.accepted, recommended, places].map(|it| it * 100 / widest),
            name: it.name,
            communities: it.communities,
            submitted: it.submitted,
            accepted: it.accepted,
            recommended,
            places,
        }
    };
    Ok(lines.into_iter().map(view).collect())
}

/// Used and all places of one selection.
fn quota(it: &openings::queries::CountyLine, selection: &str) -> (i64, i64) {
    it.quotas.iter().find(|it| it.0 == selection).map_or((0, 0), |it| (it.1, it.2))
}
