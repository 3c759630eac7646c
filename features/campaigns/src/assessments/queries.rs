//! What there is to see of sheets and posted lists.

use ::store::Tx;
use app::Vault;
use kernel::Problem;
use registry::communities;

use super::{
    labels, policy, ranking, store,
    types::{Level, Notice, NoticeId, Panel, Sheet, SheetId, Stage},
};
use crate::{
    applications,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
    tours,
};

/// One of my sheets.
#[derive(Debug)]
pub(crate) struct SheetLine {
    pub(crate) id: SheetId,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) marked: usize,
    pub(crate) items: usize,
    pub(crate) level: Level,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) open: bool,
}

/// A sheet as its assessor sees it.
#[derive(Debug)]
pub(crate) struct SheetView {
    pub(crate) sheet: Sheet,
    pub(crate) community: communities::CommunityView,
    pub(crate) groups: Vec<GroupView>,
    pub(crate) evidence: Vec<applications::evidence::EvidenceView>,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) open: bool,
    /// What phones brought home and the sheet says otherwise.
    pub(crate) disputes: Vec<tours::queries::DisputeView>,
    /// What was photographed on site, by item.
    pub(crate) photos: Vec<files::Attachment>,
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
    /// What the item is worth of the total.
    pub(crate) worth: String,
    pub(crate) mark: String,
    pub(crate) note: String,
    /// What the registers know, in words.
    pub(crate) known: String,
    pub(crate) evidence: String,
}

/// How many sheets of a campaign the actor has still to lock.
pub(crate) fn open_sheets(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<usize, Problem> {
    let person = tx.ctx.actor.user;
    let own = store::of_assessor(tx, person)?.into_iter().filter(|it| it.campaign == campaign);
    Ok(own.filter(|it| super::rules::must_be_open(it).is_ok()).count())
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
            level: sheet.level,
            state: labels::stage(&sheet),
            open: campaign.goes_on() && super::rules::must_be_open(&sheet).is_ok(),
        });
    }
    Ok(lines)
}

/// The panel whose standard a sheet is filled in by.
pub(crate) fn panel_of(sheet: &Sheet) -> Panel {
    match sheet.level {
        Level::City => Panel::City,
        Level::County => Panel::County(kernel::Tenant::of_id(sheet.id.into())),
    }
}

fn community_of(
    tx: &mut Tx<'_>,
    vault: &Vault,
    sheet: &Sheet,
) -> Result<communities::CommunityView, Problem> {
    let application = applications::store::load(tx, vault, sheet.application)?;
    let community = applications::candidate(tx, &application)?;
    communities::shown(tx, community)
}

pub(crate) fn sheet(tx: &mut Tx<'_>, vault: &Vault, id: SheetId) -> Result<SheetView, Problem> {
    let sheet = store::load(tx, id)?;
    let _seen = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    let campaign = openings::store::load(tx, sheet.campaign)?;
    let community = community_of(tx, vault, &sheet)?;
    let pack = ranking::pack_of(tx, &campaign, panel_of(&sheet))?;
    let application = applications::store::load(tx, vault, sheet.application)?;
    let facts = ranking::facts_for(tx, &application, panel_of(&sheet))?;
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
            worth: it.max.rounded(2),
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
    let groups = pack.standard.groups.iter().map(group).collect();
    let open = campaign.goes_on() && super::rules::must_be_open(&sheet).is_ok();
    let state = labels::stage(&sheet);
    let evidence = applications::evidence::evidence(tx, &campaign.pack, sheet.application)?;
    let (disputes, photos) = (tours::queries::disputes_shown(tx, &sheet)?, files::of_subject(tx, id.into())?);
    Ok(SheetView { evidence, groups, sheet, community, state, open, disputes, photos })
}

/// One file of the application a sheet is about, for its assessor.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    id: SheetId,
    file: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let sheet = store::load(tx, id)?;
    let _seen = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    files::attachment(tx, sheet.application.into(), file)
}

/// A posted list, for everybody.
pub(crate) fn notice(tx: &mut Tx<'_>, id: NoticeId) -> Result<(Notice, String), Problem> {
    let notice = store::notice(tx, id)?;
    let campaign = openings::store::load(tx, notice.campaign)?;
    Ok((notice, campaign.title))
}

/// Code, sentence and part of one item.
pub(crate) type ItemPart = (String, String, String);

/// 细化标准 as the county last left it: the weighted groups with each item's part.
#[derive(Debug)]
pub(crate) struct RefinementView {
    pub(crate) campaign: Campaign,
    pub(crate) groups: Vec<(String, Vec<ItemPart>)>,
    pub(crate) reason: String,
    pub(crate) differences: Vec<::rules::Difference>,
}

pub(crate) fn refinement(tx: &mut Tx<'_>, id: CampaignId) -> Result<RefinementView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let (_seen, tenant) = policy::may_rank_county(&tx.ctx.actor)?;
    let pack = ranking::pack_of(tx, &campaign, Panel::County(tenant))?;
    let reason = store::refinement(tx, tenant, id)?.map_or(String::new(), |it| it.1);
    let item = |it: &::rules::Item| (it.code.clone(), it.says.clone(), it.part.exact());
    let weighted = pack.standard.groups.iter().filter(|it| it.weighted);
    let groups = weighted
        .map(|it| (format!("{}（{}分）", it.title, it.max.exact()), it.items.iter().map(item).collect()));
    let groups = groups.collect();
    let differences = ::rules::differences(&campaign.pack, &pack);
    Ok(RefinementView { campaign, groups, reason, differences })
}

/// The locked sheets the city's score of an application rests on, in their order.
pub(crate) fn counting_sheets(
    tx: &mut Tx<'_>,
    application: applications::types::ApplicationId,
) -> Result<Vec<i64>, Problem> {
    let sheets = store::of_application(tx, application.into())?.into_iter();
    let counting = sheets.filter(|it| it.level == Level::City && it.counts() && it.stage == Stage::Locked);
    let mut ids: Vec<i64> = counting.map(|it| it.id.into()).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Whether the applicants may know their scores: told before the posting, or posted.
pub(crate) fn is_told(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<bool, Problem> {
    Ok(!store::notices(tx, campaign)?.is_empty() || crate::appeals::are_told(tx, campaign)?)
}

/// Whether this hat may read how an application was scored by the city: it was assessed, and the hat may know.
pub(crate) fn may_explain(
    tx: &mut Tx<'_>,
    application: &applications::types::Application,
) -> Result<bool, Problem> {
    let posted = is_told(tx, application.campaign)?;
    let owner = openings::store::load(tx, application.campaign)?.owner;
    let may =
        policy::may_see_score(&tx.ctx.actor, (&application.place, application.party), owner, posted).is_ok();
    Ok(may && store::of_application(tx, application.id.into())?.iter().any(|it| it.level == Level::City))
}
