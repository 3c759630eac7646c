//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{FieldError, Permit, Problem, Tenant};

use super::{
    events::{
        InterestDeclared, ListPosted, SheetLocked, SheetMarked, SheetVoided, SheetsAssigned, StandardRefined,
    },
    policy, queries, ranking,
    rules::{self, AssessmentRefusal},
    store,
    types::{Assigned, Level, Notice, NoticeId, NoticeLine, Panel, Parts, Posting, Sheet, SheetId, Stage},
};
use crate::{
    appeals,
    applications::{self, types::Fields},
    awards, notices,
    openings::{self, types::CampaignId},
    packs::{self, PinnedPack},
    panels, snapshots, tours,
};

/// 分配 — a sheet for every candidate and its assessors, a third where two differ too much; those who have theirs keep
/// them.
pub(crate) fn assign(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    panel: Panel,
) -> Result<(Assigned, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_rank_panel(&tx.ctx.actor, campaign.owner, panel)?;
    must_be_scoring(tx, id, panel.level())?;
    let assessors = panels::scorers(tx, &campaign, panel)?;
    let candidates = ranking::candidates(tx, vault, &campaign, panel)?;
    if assessors.is_empty() {
        return Err(AssessmentRefusal::NoAssessors.into());
    }
    if candidates.is_empty() {
        return Err(AssessmentRefusal::NothingToAssess.into());
    }
    let pack = ranking::pack_of(tx, &campaign, panel)?;
    let (mut held, mut wanted) = (vec![], vec![]);
    for (n, application) in candidates.iter().enumerate() {
        let mut sheets = store::of_application(tx, application.id.into())?;
        for sheet in &sheets {
            // Whoever scored it for the county does not score it again for the city.
            let counts = sheet.counts() && sheet.level == panel.level();
            held.push((n, assessors.iter().position(|it| *it == sheet.assessor), counts));
        }
        sheets.retain(|it| it.level == panel.level());
        let locked: Vec<&Sheet> =
            sheets.iter().filter(|it| it.counts() && it.stage == Stage::Locked).collect();
        let disputed = !rules::disputed(&pack.standard, &locked).is_empty();
        wanted.push(rules::SHEETS_EACH + usize::from(disputed));
    }
    let (mut made, mut told) = (0, vec![]);
    let assigned = rules::assign(&wanted, assessors.len(), &held);
    let mut short = vec![];
    for (n, application) in candidates.iter().enumerate() {
        let counting = held.iter().filter(|it| it.0 == n && it.2).count();
        if counting + assigned.iter().filter(|it| it.0 == n).count() < wanted[n] {
            short.push(applications::candidate(tx, application)?.name);
        }
    }
    for (application, assessor) in assigned {
        let (application, assessor) = (candidates[application].id, assessors[assessor]);
        let sheet = SheetId::from(tx.ctx.new_id(Tenant::of_id(application.into())));
        let sheet = Sheet {
            id: sheet,
            campaign: id,
            application,
            assessor,
            level: panel.level(),
            stage: Stage::Open,
            marks: [].into(),
            void_reason: None,
            version: 1,
        };
        if store::add(tx, &sheet)? {
            made += 1;
            told.push((assessor, application));
        }
    }
    notices::assigned(tx, &campaign, &told)?;
    Ok((
        Assigned { made, short },
        tx.record(permit, &SheetsAssigned { campaign: id, level: panel.level().code(), sheets: made })?,
    ))
}

/// The periods a level scores in, of which the first that the campaign has counts; the county's scoring ends when its recommendations are
/// due.
const CITY: [&str; 1] = ["assess"];
const COUNTY: [&str; 2] = ["submit", "nominate"];

/// Whether a level scores now: within its period, or because an appeal was upheld.
fn must_be_scoring(tx: &mut Tx<'_>, id: CampaignId, level: Level) -> Result<(), Problem> {
    let today = tx.ctx.today();
    let codes: &[&str] = match level {
        Level::City => &CITY,
        Level::County => &COUNTY,
    };
    let running = openings::queries::must_be_running(tx, id, codes, today);
    // What was upheld is scored anew, whenever that was; nothing is in a campaign that was withdrawn.
    let out_of_period =
        matches!(&running, Err(Problem::Refused { code, .. }) if code.starts_with("campaigns.period"));
    if out_of_period && level == Level::City && appeals::wants_scoring(tx, id)? {
        return Ok(());
    }
    running
}

/// A sheet that may still be written, at the version of the form, with the standard it is filled in by. Whose it is, the caller's permit says.
fn writable(tx: &mut Tx<'_>, id: SheetId, fields: &Fields) -> Result<(Permit, Sheet, PinnedPack), Problem> {
    let (sheet, period) = store::load_with_period(tx, id, (CITY[0], COUNTY[0]))?;
    let permit = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    let is_running = period.is_some_and(|it| openings::rules::must_be_running(&it, tx.ctx.today()).is_ok());
    if !is_running {
        // The campaign may have only the other of the county's periods, or an appeal was upheld.
        must_be_scoring(tx, sheet.campaign, sheet.level)?;
    }
    let pack = standard_of(tx, &sheet)?;
    applications::rules::same_version(sheet.version, fields)?;
    Ok((permit, sheet, pack))
}

/// The pack with the standard a sheet is filled in by, while its level scores.
pub(crate) fn standard_to_score_by(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<PinnedPack, Problem> {
    must_be_scoring(tx, sheet.campaign, sheet.level)?;
    standard_of(tx, sheet)
}

fn standard_of(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<PinnedPack, Problem> {
    let pack = openings::store::pack(tx, sheet.campaign)?;
    ranking::pack_under(tx, sheet.campaign, pack, queries::panel_of(sheet))
}

/// 评分 — as often as one likes, until it is locked.
pub(crate) fn mark(tx: &mut Tx<'_>, id: SheetId, fields: &Fields) -> Result<((), Recorded), Problem> {
    let (permit, sheet, pack) = writable(tx, id, fields)?;
    let marks = rules::mark(&sheet, &pack.standard, fields)?;
    let items = marks.len();
    store::save(tx, &Sheet { marks, ..sheet })?;
    Ok(((), tx.record(permit, &SheetMarked { sheet: id, items })?))
}

/// 锁定 — keeps what is on the page, after which nobody changes it.
pub(crate) fn lock(tx: &mut Tx<'_>, id: SheetId, fields: &Fields) -> Result<((), Recorded), Problem> {
    let (permit, sheet, pack) = writable(tx, id, fields)?;
    let marks = rules::mark(&sheet, &pack.standard, fields)?;
    let sheet = Sheet { marks, ..sheet };
    let stage = rules::lock(&sheet, &pack.standard, tours::queries::disputes(tx, id)?.len())?;
    store::save(tx, &Sheet { stage, ..sheet })?;
    Ok(((), tx.record(permit, &SheetLocked { sheet: id })?))
}

/// 回避 — an assessor with an interest steps aside; the sheet no longer counts.
pub(crate) fn step_aside(tx: &mut Tx<'_>, id: SheetId) -> Result<((), Recorded), Problem> {
    let sheet = store::load(tx, id)?;
    let permit = policy::may_score(&tx.ctx.actor, sheet.assessor)?;
    openings::queries::going_on(tx, sheet.campaign)?;
    rules::must_be_open(&sheet)?;
    store::save(tx, &Sheet { stage: Stage::Conflicted, marks: [].into(), ..sheet })?;
    Ok(((), tx.record(permit, &InterestDeclared { sheet: id })?))
}

/// 作废 — the ranking's owner takes a sheet out of the count; its marks stay to be read.
pub(crate) fn void(tx: &mut Tx<'_>, id: SheetId, reason: &str) -> Result<(Panel, Recorded), Problem> {
    let sheet = store::load(tx, id)?;
    let campaign = openings::store::load(tx, sheet.campaign)?;
    let panel = queries::panel_of(&sheet);
    let permit = policy::may_rank_panel(&tx.ctx.actor, campaign.owner, panel)?;
    campaign.must_go_on()?;
    let reason = rules::void(&sheet, reason)?;
    store::save(tx, &Sheet { void_reason: Some(reason), ..sheet })?;
    Ok((panel, tx.record(permit, &SheetVoided { sheet: id })?))
}

/// 细化标准 — how the county shares the weights out (LA-054); every total is computed anew.
pub(crate) fn refine(tx: &mut Tx<'_>, id: CampaignId, parts: &Parts) -> Result<((), Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let (permit, tenant) = policy::may_rank_county(&tx.ctx.actor)?;
    must_be_scoring(tx, id, Level::County)?;
    if 0 < store::locked_in_county(tx, tenant, id)? {
        return Err(AssessmentRefusal::AlreadyScored.into());
    }
    let standard = rules::refinement(&campaign.pack.standard, parts)?;
    packs::refined(campaign.pack.files(), &standard)
        .map_err(|faults| Problem::Invalid(vec![FieldError::new("parts", faults.to_string())]))?;
    let reason = parts.get("reason").map_or("", |it| it.trim());
    store::save_refinement(tx, tenant, id, &standard, &identifiers::mask_numbers(reason))?;
    let items = standard.matches("[[items]]").count();
    Ok(((), tx.record(permit, &StandardRefined { campaign: id, tenant: tenant.number(), items })?))
}

/// 发布公示 — the city's selection as it stands, with its days counted; again is a correction.
pub(crate) fn publish(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    form: &Posting,
) -> Result<(NoticeId, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_publish(&tx.ctx.actor, campaign.owner)?;
    appeals::must_be_settled(tx, vault, &campaign)?;
    snapshots::settle_missing(tx, vault, &campaign)?;
    let ranking = ranking::ranking(tx, vault, campaign, Panel::City)?;
    if awards::is_closed(tx, id)? {
        return Err(AssessmentRefusal::Closed.into());
    }
    let version = store::notices(tx, id)?.first().map_or(1, |it| it.version + 1);
    let (days, reason) = rules::posting(form, 1 < version)?;
    let open: Vec<String> = ranking
        .lines
        .iter()
        .filter(|it| it.locked() < it.counting() || it.counting() == 0)
        .map(|it| it.name.clone())
        .collect();
    if !open.is_empty() {
        return Err(AssessmentRefusal::SheetsOpen(open.join("、")).into());
    }
    let few = ranking.lines.iter().filter(|it| it.counting() < ranking.enough || it.is_disputed());
    let few: Vec<String> = few.map(|it| it.name.clone()).collect();
    if !few.is_empty() {
        return Err(AssessmentRefusal::SheetsFew(few.join("、")).into());
    }
    let periods = openings::store::periods(tx, id)?;
    openings::rules::must_be_over(&periods, applications::actions::RECOMMENDING, tx.ctx.today())?;
    let chosen = ranking.lines.iter().filter(|it| it.is_chosen(&ranking.campaign.pack));
    let line = |it: &ranking::RankedLine| NoticeLine {
        application: it.application,
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
