//! What there is to see of sheets, rankings and posted lists.

use ::rules::{Entry, Mark, RankInput, Ranked};
use ::store::Tx;
use app::Vault;
use kernel::Problem;
use registry::{communities, records};

use super::{
    policy, rules, store,
    types::{Notice, NoticeId, Sheet, SheetId, Stage},
};
use crate::{
    applications::{self, types::Application},
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// One of my sheets.
#[derive(Debug)]
pub(crate) struct SheetLine {
    pub(crate) id: SheetId,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) marked: usize,
    pub(crate) items: usize,
    pub(crate) stage: Stage,
}

/// A sheet as its assessor sees it.
#[derive(Debug)]
pub(crate) struct SheetView {
    pub(crate) sheet: Sheet,
    pub(crate) community: communities::CommunityView,
    pub(crate) groups: Vec<GroupView>,
}

#[derive(Debug)]
pub(crate) struct GroupView {
    pub(crate) title: String,
    pub(crate) items: Vec<ItemView>,
}

#[derive(Debug)]
pub(crate) struct ItemView {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) mark_of: String,
    pub(crate) mark: String,
    pub(crate) note: String,
    /// What the registers know, in words.
    pub(crate) known: String,
    pub(crate) evidence: String,
}

/// The ranking as the campaign's owner sees it.
#[derive(Debug)]
pub(crate) struct RankingView {
    pub(crate) campaign: Campaign,
    pub(crate) lines: Vec<RankedLine>,
    pub(crate) notices: Vec<Notice>,
}

#[derive(Debug)]
pub(crate) struct RankedLine {
    pub(crate) ranked: Ranked,
    pub(crate) application: i64,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) satisfaction: String,
    /// Sheets that count, and how many of them are locked.
    pub(crate) sheets: usize,
    pub(crate) locked: usize,
    /// Items on which two assessors differ too much.
    pub(crate) disputed: String,
    pub(crate) hindrances: String,
    pub(crate) selected: String,
}

impl RankedLine {
    /// Every sheet that counts is locked and every item decided: before that a rank would only mislead.
    pub(crate) fn is_scored(&self) -> bool {
        self.ranked.complete && 0 < self.locked && self.locked == self.sheets
    }
}

/// Those the counties have sent up: chosen in the last selection the counties make.
pub(crate) fn candidates(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: &Campaign,
) -> Result<Vec<Application>, Problem> {
    let own = campaign.pack.cascade.selections.iter().filter(|it| it.per == ::rules::Per::County);
    let Some(last) = own.map(|it| it.code.clone()).next_back() else { return Ok(vec![]) };
    Ok(applications::store::selected(tx, vault, campaign.city, campaign.id, &last)?)
}

pub(crate) fn my_sheets(tx: &mut Tx<'_>, vault: &Vault) -> Result<Vec<SheetLine>, Problem> {
    let _seen = policy::may_see_own_sheets(&tx.ctx.actor)?;
    let person = tx.ctx.actor.user;
    let mut lines = vec![];
    for sheet in store::of_assessor(tx, person)? {
        let campaign = openings::store::load(tx, sheet.campaign)?;
        let community = community_of(tx, vault, &sheet)?;
        let marked = sheet.marks.values().filter(|it| !it.mark.is_empty()).count();
        lines.push(SheetLine {
            id: sheet.id,
            place: format!("{} {} {}", community.county, community.subdistrict, community.neighborhood),
            name: community.name,
            marked,
            items: campaign.pack.standard.items().count(),
            stage: sheet.stage,
        });
    }
    Ok(lines)
}

fn community_of(
    tx: &mut Tx<'_>,
    vault: &Vault,
    sheet: &Sheet,
) -> Result<communities::CommunityView, Problem> {
    let application = applications::store::load(tx, vault, sheet.application)?;
    let community = communities::load(tx, application.place.community.into())?;
    communities::shown(tx, community)
}

pub(crate) fn sheet(tx: &mut Tx<'_>, vault: &Vault, id: SheetId) -> Result<SheetView, Problem> {
    let sheet = store::load(tx, id)?;
    let _seen = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    let campaign = openings::store::load(tx, sheet.campaign)?;
    let community = community_of(tx, vault, &sheet)?;
    let (loaded, today) = (communities::load(tx, community.id)?, tx.ctx.today());
    let (facts, _) = records::facts_of(tx, &loaded, today)?;
    let item = |it: &::rules::Item| {
        let marked = sheet.marks.get(&it.code).cloned().unwrap_or_default();
        let mut known = vec![];
        it.asks(&mut |place| {
            let fact = &::rules::catalogue().all()[place];
            known.push(format!(
                "{}：{}",
                fact.title,
                facts.at(place).map_or("无记录".to_owned(), |it| fact.show(it))
            ));
        });
        ItemView {
            code: it.code.clone(),
            says: it.says.clone(),
            mark_of: it.mark_of.exact(),
            mark: marked.mark,
            note: marked.note,
            known: known.join("；"),
            evidence: it.evidence.join("、"),
        }
    };
    let group = |it: &::rules::Group| GroupView {
        title: it.title.clone(),
        items: it.items.iter().map(item).collect(),
    };
    let groups = campaign.pack.standard.groups.iter().map(group).collect();
    Ok(SheetView { groups, sheet, community })
}

pub(crate) fn ranking(tx: &mut Tx<'_>, vault: &Vault, id: CampaignId) -> Result<RankingView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let _seen = policy::may_rank(&tx.ctx.actor, campaign.city)?;
    let (today, pack) = (tx.ctx.today(), campaign.pack.clone());
    let (mut entries, mut told) = (vec![], std::collections::BTreeMap::new());
    for application in candidates(tx, vault, &campaign)? {
        let community = communities::load(tx, application.place.community.into())?;
        let view = communities::shown(tx, community.clone())?;
        let (facts, _) = records::facts_of(tx, &community, today)?;
        let sheets = store::of_application(tx, application.id.into())?;
        let counting: Vec<&Sheet> = sheets.iter().filter(|it| it.stage != Stage::Conflicted).collect();
        let locked: Vec<&Sheet> = counting.iter().copied().filter(|it| it.stage == Stage::Locked).collect();
        let marks = |it: &&Sheet| {
            it.marks
                .iter()
                .filter_map(|(code, it)| Some((code.clone(), Mark::parse(&it.mark).ok()?)))
                .collect::<Vec<_>>()
        };
        let given: Vec<_> = locked.iter().map(marks).collect();
        let satisfaction =
            facts.number("owner_satisfaction_rate").and_then(|it| it.times(kernel::Ratio::whole(100)));
        let line = (
            view,
            satisfaction.map_or("无记录".to_owned(), |it| format!("{}%", it.rounded(1))),
            (counting.len(), locked.len()),
            rules::disputed(&pack.standard, &locked).join("、"),
            applications::queries::hindrances(&pack, &facts).join("；"),
        );
        let key = application.id.to_string();
        let entry =
            Entry::of(key.clone(), application.place.tenant.to_string(), facts, &given, &pack.standard);
        entries.push(entry.map_err(|it| Problem::Broken(it.into()))?);
        told.insert(key, line);
    }
    // The candidates are already those the counties chose; the city's own cut is what is left to make.
    let ranked = ::rules::rank(&city_cut(&pack), RankInput { entries, communities: None })
        .map_err(|it| Problem::Broken(it.into()))?;
    let line = |ranked: Ranked| {
        let (view, satisfaction, (sheets, locked), disputed, hindrances) = told.remove(&ranked.entry)?;
        let selected = ranked
            .selected_for
            .iter()
            .filter_map(|it| pack.selection(it))
            .map(|it| it.title.clone())
            .collect::<Vec<_>>()
            .join("、");
        Some(RankedLine {
            application: ranked.entry.parse().ok()?,
            name: view.name,
            place: format!("{} {}", view.county, view.subdistrict),
            enterprise: view.enterprise.unwrap_or_default(),
            satisfaction,
            sheets,
            locked,
            disputed,
            hindrances,
            selected,
            ranked,
        })
    };
    let lines = ranked.into_iter().filter_map(line).collect();
    let notices = store::notices(tx, id)?;
    Ok(RankingView { campaign, lines, notices })
}

/// The pack with only the selections the city makes, each from all who were sent up.
fn city_cut(pack: &::rules::Pack) -> ::rules::Pack {
    let mut cut = pack.clone();
    cut.cascade.selections.retain(|it| it.per == ::rules::Per::City);
    if let Some(first) = cut.cascade.selections.first_mut() {
        first.from = None;
    }
    cut
}

/// A posted list, for everybody.
pub(crate) fn notice(tx: &mut Tx<'_>, id: NoticeId) -> Result<(Notice, String), Problem> {
    let notice = store::notice(tx, id)?;
    let campaign = openings::store::load(tx, notice.campaign)?;
    Ok((notice, campaign.title))
}
