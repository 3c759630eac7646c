//! The ranking of a panel: who was sent up, what their sheets come to, and who goes on. For the city over everybody
//! recommended, for a county over its own applicants under its own refinement (LA-054).

use std::collections::BTreeMap;

use ::rules::{Entry, Facts, Mark, Pack, Per, RankInput, Ranked, SelectionKind};
use ::store::Tx;
use app::Vault;
use kernel::{Problem, Scope, Tenant};
use registry::communities;

use super::{
    policy, rules, store,
    types::{Notice, Panel, Sheet, SheetId, Stage},
};
use crate::{
    applications::{
        self,
        types::{Application, ApplicationId},
    },
    openings::types::{Campaign, CampaignId},
    packs::{self, PinnedPack},
    panels, snapshots,
};

/// The ranking as its owner sees it.
#[derive(Debug)]
pub(crate) struct RankingView {
    pub(crate) campaign: Campaign,
    pub(crate) panel: Panel,
    pub(crate) lines: Vec<RankedLine>,
    pub(crate) notices: Vec<Notice>,
    /// Sheets each candidate needs, as far as there are people to fill them in.
    pub(crate) enough: usize,
    /// How many candidates have settled facts, and the first and last day those are told of.
    pub(crate) settled: (usize, Option<(jiff::civil::Date, jiff::civil::Date)>),
    /// The county's refinement: how it shares the weights out, and what that rests on.
    pub(crate) refined: Option<String>,
}

#[derive(Debug)]
pub(crate) struct RankedLine {
    pub(crate) ranked: Ranked,
    pub(crate) application: ApplicationId,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) satisfaction: String,
    pub(crate) sheets: Vec<SheetSummary>,
    /// Items on which two assessors differ too much.
    pub(crate) disputed: String,
    pub(crate) hindrances: String,
    pub(crate) selected: String,
    /// In a county's ranking: it was recommended, whatever its rank.
    pub(crate) is_recommended: bool,
}

/// One assessor's sheet, for whoever owns the ranking.
#[derive(Debug)]
pub(crate) struct SheetSummary {
    pub(crate) id: SheetId,
    pub(crate) assessor: String,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) void_reason: Option<String>,
    pub(crate) counts: bool,
    pub(crate) locked: bool,
}

impl RankingView {
    /// In a county's ranking: whoever stands before one that was recommended and was not recommended, in words.
    pub(crate) fn passed_over(&self) -> Option<String> {
        let place = |it: &RankedLine| it.ranked.rank.filter(|_| it.is_scored());
        let last = self.lines.iter().filter(|it| it.is_recommended).filter_map(place).max()?;
        let over = self.lines.iter().filter(|it| !it.is_recommended && place(it).is_some_and(|it| it < last));
        let told: Vec<String> =
            over.map(|it| format!("第{}名{}未推荐", place(it).unwrap_or_default(), it.name)).collect();
        (!told.is_empty()).then(|| told.join("、"))
    }
}

impl RankedLine {
    pub(crate) fn counting(&self) -> usize {
        self.sheets.iter().filter(|it| it.counts).count()
    }

    pub(crate) fn locked(&self) -> usize {
        self.sheets.iter().filter(|it| it.counts && it.locked).count()
    }

    /// Every sheet that counts is locked, and there is one.
    pub(crate) fn is_locked(&self) -> bool {
        0 < self.locked() && self.locked() == self.counting()
    }

    /// Two differ too much, and no third has been asked.
    pub(crate) fn is_disputed(&self) -> bool {
        !self.disputed.is_empty()
    }

    /// Every sheet that counts is locked and every item decided: before that a rank would only mislead.
    pub(crate) fn is_scored(&self) -> bool {
        self.ranked.complete && self.is_locked()
    }

    /// Chosen by rank for the city's own list.
    pub(crate) fn is_chosen(&self, pack: &Pack) -> bool {
        city_selection(pack).is_some_and(|it| self.ranked.selected_for.contains(&it))
    }
}

/// The selection the city makes by rank: the one whose list is posted.
pub(crate) fn city_selection(pack: &Pack) -> Option<String> {
    let own = pack.cascade.selections.iter();
    own.filter(|it| it.per == Per::City && it.kind == SelectionKind::ByRank)
        .map(|it| it.code.clone())
        .next_back()
}

/// Those a panel scores: sent up to the city in the last selection the counties make, or passed by the county itself.
pub(crate) fn candidates(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: &Campaign,
    panel: Panel,
) -> Result<Vec<Application>, Problem> {
    match panel {
        Panel::City => {
            let own = campaign.pack.cascade.selections.iter().filter(|it| it.per == Per::County);
            let Some(last) = own.map(|it| it.code.clone()).next_back() else { return Ok(vec![]) };
            Ok(applications::store::selected(tx, vault, campaign.owner.city, campaign.id, &last)?)
        }
        Panel::County(tenant) => {
            applications::lists::accepted(tx, vault, campaign.id, &Scope::County(tenant))
        }
    }
}

/// The standard a panel scores by.
pub(crate) fn pack_of(tx: &mut Tx<'_>, campaign: &Campaign, panel: Panel) -> Result<PinnedPack, Problem> {
    pack_under(tx, campaign.id, campaign.pack.clone(), panel)
}

/// A campaign's pack as a panel has it: the county's with its refinement.
pub(crate) fn pack_under(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    pack: PinnedPack,
    panel: Panel,
) -> Result<PinnedPack, Problem> {
    let Panel::County(tenant) = panel else { return Ok(pack) };
    match store::refinement(tx, tenant, campaign)? {
        None => Ok(pack),
        // It was checked before it was kept.
        Some((standard, ..)) => {
            packs::refined(pack.files(), &standard).map_err(|it| Problem::Broken(it.into()))
        }
    }
}

/// What a panel knows of one application: its facts, and its sheets at that level.
pub(crate) fn sheets_of(
    tx: &mut Tx<'_>,
    application: &Application,
    panel: Panel,
) -> Result<(Facts, Vec<Sheet>), Problem> {
    let facts = facts_for(tx, application, panel)?;
    let mut sheets = store::of_application(tx, application.id.into())?;
    sheets.retain(|it| it.level == panel.level());
    Ok((facts, sheets))
}

/// What a panel counts of an application: what was settled, for a county what the registers say while it chooses.
pub(crate) fn facts_for(tx: &mut Tx<'_>, application: &Application, panel: Panel) -> Result<Facts, Problem> {
    let today = tx.ctx.today();
    match panel {
        Panel::City => snapshots::facts_of(tx, application),
        Panel::County(_) => snapshots::queries::live(tx, application, today),
    }
}

/// An application with its locked sheets summed up.
pub(crate) fn entry(
    application: &Application,
    facts: Facts,
    sheets: &[Sheet],
    pack: &Pack,
) -> Result<Entry, Problem> {
    let marks = |it: &Sheet| {
        let read =
            |(code, it): (&String, &super::types::Marked)| Some((code.clone(), Mark::parse(&it.mark).ok()?));
        it.marks.iter().filter_map(read).collect::<Vec<_>>()
    };
    let given: Vec<_> =
        sheets.iter().filter(|it| it.counts() && it.stage == Stage::Locked).map(marks).collect();
    let (key, county) = (application.id.to_string(), application.place.tenant.to_string());
    Entry::of(key, county, facts, &given, &pack.standard).map_err(|it| Problem::Broken(it.into()))
}

pub(crate) fn ranking(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: Campaign,
    panel: Panel,
) -> Result<RankingView, Problem> {
    let _seen = policy::may_rank_panel(&tx.ctx.actor, campaign.owner, panel)?;
    let pack = pack_of(tx, &campaign, panel)?;
    let (mut entries, mut told) = (vec![], BTreeMap::new());
    for application in candidates(tx, vault, &campaign, panel)? {
        let view = {
            let community = applications::candidate(tx, &application)?;
            communities::shown(tx, community)?
        };
        let (facts, sheets) = sheets_of(tx, &application, panel)?;
        let locked: Vec<&Sheet> =
            sheets.iter().filter(|it| it.counts() && it.stage == Stage::Locked).collect();
        let satisfaction =
            facts.number("owner_satisfaction_rate").and_then(|it| it.times(kernel::Ratio::whole(100)));
        let disputed = rules::disputed(&pack.standard, &locked).join("、");
        let hindrances = applications::queries::hindrances(&pack, &facts).join("；");
        let entry = entry(&application, facts, &sheets, &pack)?;
        let satisfaction = satisfaction.map_or("无记录".to_owned(), |it| format!("{}%", it.rounded(1)));
        let recommended = panel != Panel::City
            && !applications::store::selections(tx, &campaign.pack, &application)?.is_empty();
        let summed = summaries(tx, &sheets)?;
        told.insert(entry.entry.clone(), (view, satisfaction, summed, disputed, hindrances, recommended));
        entries.push(entry);
    }
    // The candidates are already those the counties chose; the city's own cut is what is left to make.
    let ranked = ::rules::rank(&cut(&pack, panel), RankInput { entries, communities: None })
        .map_err(|it| Problem::Broken(it.into()))?;
    let line = |ranked: Ranked| {
        let (view, satisfaction, sheets, disputed, hindrances, is_recommended) =
            told.remove(&ranked.entry)?;
        let titles =
            ranked.selected_for.iter().filter_map(|it| pack.selection(it)).map(|it| it.title.clone());
        Some(RankedLine {
            application: ranked.entry.parse::<i64>().ok()?.into(),
            name: view.name,
            place: format!("{} {}", view.county, view.subdistrict),
            enterprise: view.enterprise.unwrap_or_default(),
            satisfaction,
            sheets,
            disputed,
            hindrances,
            selected: titles.collect::<Vec<_>>().join("、"),
            is_recommended,
            ranked,
        })
    };
    let lines: Vec<RankedLine> = ranked.into_iter().filter_map(line).collect();
    let settled = match panel {
        Panel::City => snapshots::queries::settled(tx, campaign.id, lines.iter().map(|it| it.application))?,
        Panel::County(_) => (0, None),
    };
    let notices = if panel == Panel::City { store::notices(tx, campaign.id)? } else { vec![] };
    let refined = match panel {
        Panel::County(tenant) => store::refinement(tx, tenant, campaign.id)?.map(|it| it.1),
        Panel::City => None,
    };
    let enough = rules::SHEETS_EACH.min(panels::scorers(tx, &campaign, panel)?.len());
    Ok(RankingView { campaign, panel, lines, notices, enough, settled, refined })
}

fn summaries(tx: &mut Tx<'_>, sheets: &[Sheet]) -> Result<Vec<SheetSummary>, Problem> {
    let people: Vec<i64> = sheets.iter().map(|it| i64::from(it.assessor)).collect();
    let names = accounts::names(tx, &people)?;
    let summary = |it: &Sheet| SheetSummary {
        id: it.id,
        assessor: names.get(&i64::from(it.assessor)).cloned().unwrap_or_default(),
        state: super::labels::stage(it),
        void_reason: it.void_reason.clone(),
        counts: it.counts(),
        locked: it.stage == Stage::Locked,
    };
    Ok(sheets.iter().map(summary).collect())
}

/// A county's own standing in its own ranking: total and rank by application, once it is scored (附件4's third column).
pub(crate) fn standings(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: &Campaign,
    tenant: Tenant,
) -> Result<BTreeMap<i64, String>, Problem> {
    let panel = Panel::County(tenant);
    let (pack, mut entries, mut scored) = (pack_of(tx, campaign, panel)?, vec![], BTreeMap::new());
    for application in candidates(tx, vault, campaign, panel)? {
        let (facts, sheets) = sheets_of(tx, &application, panel)?;
        let counting = || sheets.iter().filter(|it| it.counts());
        let all_locked = counting().next().is_some() && counting().all(|it| it.stage == Stage::Locked);
        scored.insert(application.id.to_string(), all_locked);
        entries.push(entry(&application, facts, &sheets, &pack)?);
    }
    let ranked = ::rules::rank(&cut(&pack, panel), RankInput { entries, communities: None })
        .map_err(|it| Problem::Broken(it.into()))?;
    let told = ranked.into_iter().filter(|it| it.complete && scored.get(&it.entry) == Some(&true));
    Ok(told
        .filter_map(|it| {
            let rank = it.rank.map_or(String::new(), |rank| format!("，第{rank}名"));
            Some((it.entry.parse().ok()?, format!("{}分{rank}", it.total)))
        })
        .collect())
}

/// The pack with only the selections this panel makes by itself, each from all who were sent up.
pub(super) fn cut(pack: &Pack, panel: Panel) -> Pack {
    let mut cut = pack.clone();
    cut.cascade.selections.retain(|it| panel == Panel::City && it.per == Per::City);
    if let Some(first) = cut.cascade.selections.first_mut() {
        first.from = None;
    }
    cut
}
