//! 得分说明: what one application's score is made of, item by item.

use ::rules::RankInput;
use ::store::Tx;
use app::Vault;
use kernel::{Problem, Tenant};

use super::{
    policy,
    ranking::{cut, entry, pack_of, sheets_of},
    types::{Panel, Sheet, Stage},
};
use crate::{
    applications::{self, types::ApplicationId},
    openings::{self, types::CampaignId},
    tours,
};

/// One item of a score, as the applicant reads it: what it counts and why, never who gave it.
#[derive(Debug)]
pub(crate) struct ExplainedLine {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) max: String,
    pub(crate) mean: String,
    pub(crate) earned: String,
    pub(crate) notes: Vec<String>,
}

/// 得分说明 — a panel's score of one application, item by item.
#[derive(Debug)]
pub(crate) struct ScoreView {
    /// What was photographed on site; for the ranking's owner alone.
    pub(crate) photos: Vec<files::Attachment>,
    pub(crate) name: String,
    pub(crate) application: ApplicationId,
    pub(crate) campaign: CampaignId,
    /// The county's own score, which stays apart from the city's.
    pub(crate) countys: bool,
    pub(crate) lines: Vec<ExplainedLine>,
    pub(crate) total: String,
    pub(crate) sheets: usize,
    /// Who gave which mark: for the campaign's owner alone, and only of sheets that are locked. Assessor, then marks by item.
    pub(crate) given: Vec<GivenView>,
}

/// One assessor's locked sheet.
#[derive(Debug)]
pub(crate) struct GivenView {
    pub(crate) assessor: String,
    /// Item, mark, note.
    pub(crate) marks: Vec<(String, String, String)>,
}

/// The score of the owner's panel, for whom it concerns; or, `countys`, of the county's own, for the county.
pub(crate) fn explained(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    countys: bool,
) -> Result<ScoreView, Problem> {
    let application = applications::store::load(tx, vault, id)?;
    let campaign = openings::store::load(tx, application.campaign)?;
    let panel = if countys { Panel::County(Tenant::of_id(id.into())) } else { Panel::City };
    if countys {
        let _seen = policy::may_rank_panel(&tx.ctx.actor, campaign.owner, panel)?;
    } else {
        let told = super::queries::is_told(tx, application.campaign)?;
        let _seen = policy::may_see_score(
            &tx.ctx.actor,
            (&application.place, application.party),
            campaign.owner,
            told,
        )?;
    }
    let community = applications::candidate(tx, &application)?;
    let pack = pack_of(tx, &campaign, panel)?;
    let (facts, sheets) = sheets_of(tx, &application, panel)?;
    let locked: Vec<&Sheet> = sheets.iter().filter(|it| it.counts() && it.stage == Stage::Locked).collect();
    let entry = entry(&application, facts, &sheets, &pack)?;
    let explained = ::rules::explain(&pack.standard, &entry).map_err(|it| Problem::Broken(it.into()))?;
    let ranked = ::rules::rank(&cut(&pack, panel), RankInput { entries: vec![entry], communities: None })
        .map_err(|it| Problem::Broken(it.into()))?;
    let line = |it: ::rules::Explained| {
        let notes = locked.iter().filter_map(|sheet| sheet.marks.get(&it.code));
        let mut notes: Vec<String> = notes.map(|it| it.note.clone()).filter(|it| !it.is_empty()).collect();
        // Sorted, so that their order says nothing about whose they are.
        notes.sort();
        notes.dedup();
        ExplainedLine {
            max: it.max.rounded(2),
            mean: it.mean.map_or("—".to_owned(), |it| it.rounded(2)),
            earned: it.earned.map_or("未评".to_owned(), |it| it.rounded(2)),
            code: it.code,
            says: it.says,
            notes,
        }
    };
    let owner = policy::may_rank_panel(&tx.ctx.actor, campaign.owner, panel).is_ok();
    let mut given = vec![];
    if owner {
        let people: Vec<i64> = locked.iter().map(|it| it.assessor.into()).collect();
        let names = accounts::names(tx, &people)?;
        for sheet in &locked {
            let marks = sheet.marks.iter().map(|(item, it)| (item.clone(), it.mark.clone(), it.note.clone()));
            let assessor = names.get(&i64::from(sheet.assessor)).cloned().unwrap_or_default();
            given.push(GivenView { assessor, marks: marks.collect() });
        }
    }
    let photos = if owner && !countys { tours::queries::photos_behind(tx, vault, id)? } else { vec![] };
    Ok(ScoreView {
        photos,
        given,
        name: community.name,
        application: id,
        campaign: campaign.id,
        countys,
        lines: explained.into_iter().map(line).collect(),
        total: ranked
            .first()
            .filter(|it| it.complete)
            .map_or("还没有评完".to_owned(), |it| it.total.clone()),
        sheets: locked.len(),
    })
}
