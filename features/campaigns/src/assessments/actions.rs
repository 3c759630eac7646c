//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{Problem, Role, Scope, Tenant};

use super::{
    events::{InterestDeclared, ListPosted, SheetLocked, SheetMarked, SheetsAssigned},
    policy, queries,
    rules::{self, AssessmentRefusal},
    store,
    types::{Notice, NoticeId, NoticeLine, Posting, Sheet, SheetId, Stage},
};
use crate::{
    applications::types::Fields,
    openings::{self, types::CampaignId},
};

/// 分配 — a sheet for every recommended community and its assessors; those who have theirs keep them.
pub(crate) fn assign(tx: &mut Tx<'_>, vault: &Vault, id: CampaignId) -> Result<(usize, Recorded), Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let permit = policy::may_rank(&tx.ctx.actor, campaign.city)?;
    let today = tx.ctx.today();
    openings::rules::must_be_running(&openings::store::periods(tx, id)?, &["assess"], today)?;
    let assessors = accounts::holders(tx, Role::Assessor, &Scope::City(campaign.city))?;
    let candidates = queries::candidates(tx, vault, &campaign)?;
    if assessors.is_empty() {
        return Err(AssessmentRefusal::NoAssessors.into());
    }
    if candidates.is_empty() {
        return Err(AssessmentRefusal::NothingToAssess.into());
    }
    let mut held = vec![];
    for (n, application) in candidates.iter().enumerate() {
        for sheet in store::of_application(tx, application.id.into())? {
            let assessor = assessors.iter().position(|it| it.0 == sheet.assessor);
            held.extend(assessor.map(|it| (n, it, sheet.stage != Stage::Conflicted)));
        }
    }
    let mut made = 0;
    for (application, assessor) in rules::assign(candidates.len(), assessors.len(), &held) {
        let (application, assessor) = (candidates[application].id, assessors[assessor].0);
        let sheet = SheetId::from(tx.ctx.new_id(Tenant::of_id(application.into())));
        let sheet = Sheet {
            id: sheet,
            campaign: id,
            application,
            assessor,
            stage: Stage::Open,
            marks: [].into(),
            version: 1,
        };
        made += usize::from(store::add(tx, &sheet)?);
    }
    Ok((made, tx.record(permit, &SheetsAssigned { campaign: id, sheets: made })?))
}

/// 评分 — as often as one likes, until it is locked.
pub(crate) fn mark(tx: &mut Tx<'_>, id: SheetId, fields: &Fields) -> Result<((), Recorded), Problem> {
    let sheet = store::load(tx, id)?;
    let permit = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    let campaign = openings::store::load(tx, sheet.campaign)?;
    if fields.get("version").is_some_and(|it| *it != sheet.version.to_string()) {
        return Err(Problem::Conflict);
    }
    let marks = rules::mark(&sheet, &campaign.pack.standard, fields)?;
    let items = marks.len();
    store::save(tx, &Sheet { marks, ..sheet })?;
    Ok(((), tx.record(permit, &SheetMarked { sheet: id, items })?))
}

/// 锁定 — keeps what is on the page, after which nobody changes it.
pub(crate) fn lock(tx: &mut Tx<'_>, id: SheetId, fields: &Fields) -> Result<((), Recorded), Problem> {
    let sheet = store::load(tx, id)?;
    let permit = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    let campaign = openings::store::load(tx, sheet.campaign)?;
    if fields.get("version").is_some_and(|it| *it != sheet.version.to_string()) {
        return Err(Problem::Conflict);
    }
    let marks = rules::mark(&sheet, &campaign.pack.standard, fields)?;
    let sheet = Sheet { marks, ..sheet };
    let stage = rules::lock(&sheet, &campaign.pack.standard)?;
    store::save(tx, &Sheet { stage, ..sheet })?;
    Ok(((), tx.record(permit, &SheetLocked { sheet: id })?))
}

/// 回避 — an assessor with an interest steps aside; the sheet no longer counts.
pub(crate) fn step_aside(tx: &mut Tx<'_>, id: SheetId) -> Result<((), Recorded), Problem> {
    let sheet = store::load(tx, id)?;
    let permit = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    rules::must_be_open(&sheet)?;
    store::save(tx, &Sheet { stage: Stage::Conflicted, marks: [].into(), ..sheet })?;
    Ok(((), tx.record(permit, &InterestDeclared { sheet: id })?))
}

/// 发布公示 — the city's selection as it stands, with its days counted; again is a correction.
pub(crate) fn publish(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    form: &Posting,
) -> Result<(NoticeId, Recorded), Problem> {
    let ranking = queries::ranking(tx, vault, id)?;
    let permit = policy::may_publish(&tx.ctx.actor, ranking.campaign.city)?;
    let version = store::notices(tx, id)?.first().map_or(1, |it| it.version + 1);
    let (days, reason) = rules::posting(form, 1 < version)?;
    let open: Vec<String> = ranking
        .lines
        .iter()
        .filter(|it| it.locked < it.sheets || it.sheets == 0)
        .map(|it| it.name.clone())
        .collect();
    if !open.is_empty() {
        return Err(AssessmentRefusal::SheetsOpen(open.join("、")).into());
    }
    let chosen = ranking.lines.iter().filter(|it| it.ranked.selected_for.iter().any(|it| it == "city"));
    let line = |it: &queries::RankedLine| NoticeLine {
        rank: it.ranked.rank.unwrap_or(0),
        name: it.name.clone(),
        place: it.place.clone(),
        enterprise: it.enterprise.clone(),
        total: it.ranked.total.clone(),
    };
    let lines: Vec<NoticeLine> = chosen.map(line).collect();
    if lines.is_empty() {
        return Err(AssessmentRefusal::NobodySelected.into());
    }
    let (posted_on, notice) = (tx.ctx.today(), NoticeId::from(tx.ctx.new_id(Tenant::from_number(0))));
    let next_step = calendar::earliest_step_after_notice(posted_on, days);
    store::add_notice(
        tx,
        &Notice {
            id: notice,
            campaign: id,
            version,
            posted_on,
            days: i64::from(days),
            next_step,
            lines,
            reason,
        },
    )?;
    Ok((notice, tx.record(permit, &ListPosted { notice, version, days })?))
}
