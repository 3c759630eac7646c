//! What there is to see of decisions: lists, one with all that belongs to it, the draft as a form.

use ::store::Tx;
use app::Vault;
use calendar::Calendar;
use jiff::{Timestamp, civil::Date};
use kernel::{Problem, Tenant, beijing_minute};
use registry::communities::{self, CommunityId, CommunityView};

use super::{
    declared, drafts, labels, policy, reviews, rules, store,
    types::{Decision, DecisionId, Drafting, Stage},
};
use crate::{
    committees,
    counting::{self, ResultView},
    enclosures::{self, FileLine},
    objections::{self, Circle, ObjectionView},
    rolls::{
        queries::{self as rolls, RollLine},
        types::Part,
    },
    vettings,
    voting::{self, Turnout, queries::ItemView},
};

#[derive(Debug)]
pub(crate) struct DecisionLine {
    pub(crate) id: DecisionId,
    pub(crate) community: String,
    pub(crate) title: String,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) opens: String,
    pub(crate) closes: String,
}

#[derive(Debug)]
pub(crate) struct DecisionList {
    pub(crate) lines: Vec<DecisionLine>,
    pub(crate) next: Option<i64>,
    /// Where this hat may convene, so that a newcomer finds the way in.
    pub(crate) communities: Vec<CommunityView>,
    /// Named ones, where a name was typed.
    pub(crate) found: Vec<CommunityView>,
    pub(crate) can_choose_reviews: bool,
    pub(crate) can_see_checklist: bool,
    pub(crate) can_see_committees: bool,
}

const PAGE: usize = 50;

pub(crate) fn line(tx: &mut Tx<'_>, it: &Decision) -> Result<DecisionLine, Problem> {
    let now = tx.ctx.now;
    let community = communities::load(tx, it.place.community.into())?.name;
    let noticed = it.stage.noticed();
    let minute = |at: Option<Timestamp>| at.map(beijing_minute).unwrap_or_default();
    Ok(DecisionLine {
        id: it.id,
        community,
        title: it.title.clone(),
        stage: labels::stage(it, now),
        opens: minute(noticed.map(|it| it.opens_at)),
        closes: noticed.map(|it| labels::until(it.closes_at)).unwrap_or_default(),
    })
}

pub(crate) fn list(tx: &mut Tx<'_>, after: Option<i64>, named: &str) -> Result<DecisionList, Problem> {
    let _may = policy::may_list(&tx.ctx.actor)?;
    let scope = policy::visible(&tx.ctx.actor);
    let mut found = store::list(tx, &scope, after, PAGE as i64 + 1)?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| i64::from(it.id));
    let mut lines = vec![];
    for it in &found {
        lines.push(line(tx, it)?);
    }
    let communities = communities::in_scope(tx, 200)?;
    let can_choose_reviews = policy::may_choose_reviews(&tx.ctx.actor).is_ok();
    let found = communities::named_in_scope(tx, named, 50)?;
    let can_see_checklist = crate::checklists::may_see(&tx.ctx.actor).is_ok();
    let can_see_committees = committees::may_list(&tx.ctx.actor);
    Ok(DecisionList {
        lines,
        next,
        communities,
        found,
        can_choose_reviews,
        can_see_checklist,
        can_see_committees,
    })
}

/// An opinion the agenda needs, and where it stands.
#[derive(Debug)]
pub(crate) struct ReviewView {
    pub(crate) body: &'static str,
    pub(crate) name: &'static str,
    pub(crate) says: String,
    /// Opinion and words, by whom and when.
    pub(crate) given: Option<(&'static str, String, String)>,
    pub(crate) can_give: bool,
    pub(crate) can_exempt: bool,
}

#[derive(Debug)]
pub(crate) struct DecisionView {
    pub(crate) decision: Decision,
    pub(crate) community: CommunityView,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) items: Vec<ItemView>,
    pub(crate) reviews: Vec<ReviewView>,
    pub(crate) review_by: Option<Date>,
    /// A roll that was frozen on a later day than the opinions were asked for: which version, on what day.
    pub(crate) newer_roll: Option<(i64, String)>,
    /// Candidates whose vetting has not passed.
    pub(crate) unvetted: Vec<String>,
    /// What of the agenda is reported in writing first.
    pub(crate) to_report: Option<String>,
    pub(crate) review_pack: &'static str,
    pub(crate) opens: String,
    pub(crate) closes: String,
    pub(crate) earliest: String,
    pub(crate) roll: Option<RollLine>,
    pub(crate) turnout: Option<Turnout>,
    pub(crate) buildings: Vec<String>,
    pub(crate) open_sheets: usize,
    /// 纸质票: counted at the seal, and typed twice alike.
    pub(crate) paper: (usize, usize),
    pub(crate) is_final: bool,
    pub(crate) is_cancelled: bool,
    /// Why the result is not final yet.
    pub(crate) waits: Option<String>,
    pub(crate) results: Vec<ResultView>,
    pub(crate) objections: Vec<ObjectionView>,
    pub(crate) terms: Vec<(&'static str, String)>,
    pub(crate) documents: Vec<FileLine>,
    pub(crate) can: Can,
}

/// What this hat may do now.
#[derive(Debug, Default)]
pub(crate) struct Can {
    pub(crate) edit: bool,
    pub(crate) notice: bool,
    pub(crate) extend: bool,
    pub(crate) cancel: bool,
    pub(crate) canvass: bool,
    pub(crate) seal: bool,
    pub(crate) count: bool,
    pub(crate) recount: bool,
    pub(crate) finalize: bool,
    pub(crate) answer: bool,
    /// Objections are answered in this stage.
    pub(crate) reply: bool,
    pub(crate) observe: bool,
    /// 登记当选的委员会.
    pub(crate) register: bool,
    pub(crate) check_bindings: bool,
    pub(crate) report: bool,
}

/// Whose rule a county has chosen for what comes before a vote.
pub(crate) fn review_pack(tx: &mut Tx<'_>, county: Tenant) -> Result<String, Problem> {
    let kept = tx.setting(&format!("assemblies reviews {}", county.number()))?;
    Ok(kept.filter(|it| reviews::named(it).is_some()).unwrap_or_else(|| reviews::USUAL.to_owned()))
}

pub(crate) fn set_review_pack(tx: &mut Tx<'_>, county: Tenant, pack: &str) -> Result<(), Problem> {
    Ok(tx.set_setting(&format!("assemblies reviews {}", county.number()), pack)?)
}

/// The county's own choice, for the one who may change it.
pub(crate) fn chosen_reviews(tx: &mut Tx<'_>) -> Result<String, Problem> {
    let (_may, county) = policy::may_choose_reviews(&tx.ctx.actor)?;
    review_pack(tx, county)
}

/// 依据…， before who said it and when; nothing where no document was named.
pub(crate) fn based(document: &str) -> String {
    if document.is_empty() { String::new() } else { format!("依据{document}，") }
}

/// 审议期限: the last day an opinion may take, once it was asked for.
pub(crate) fn review_by(calendar: &Calendar, decision: &Decision) -> Option<Date> {
    decision.asked_on.map(|it| calendar.add_working_days(it, reviews::of(decision).days).on)
}

/// The buildings and entrances of the roll in force, for choosing whose owners decide.
pub(crate) fn parts(tx: &mut Tx<'_>, community: i64) -> Result<Vec<Part>, Problem> {
    match rolls::in_force(tx, community)? {
        Some(roll) => Ok(crate::rolls::parts(tx, roll.id)?.into_iter().map(|it| it.0).collect()),
        None => Ok(vec![]),
    }
}

pub(crate) fn decision(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    id: DecisionId,
) -> Result<DecisionView, Problem> {
    let it = store::load(tx, id)?;
    let (actor, place, now) = (tx.ctx.actor.clone(), it.place, tx.ctx.now);
    let _seen = policy::may_see(&actor, &place)?;
    let community = communities::load(tx, place.community.into())?;
    let community = communities::shown(tx, community)?;
    let is_draft = it.stage == Stage::Draft;
    let review_by = review_by(calendar, &it);
    let (reviews, complete) = reviews(tx, &it, review_by)?;
    let answers = policy::may_answer(&actor, &place).is_ok();
    let objections = objections::of_subject(tx, Circle::Office(vault), &place, id.into())?;
    let results = counting::results(tx, id, &it)?;
    let sheets = voting::store::sheets(tx, id)?;
    let convenes = policy::may_convene(&actor, &place).is_ok();
    let noticed = it.stage.noticed().copied();
    let has_closed = noticed.is_some_and(|it| it.closes_at <= now);
    let running = matches!(it.stage, Stage::Noticed(_));
    let provisional = matches!(it.stage, Stage::Provisional(..));
    let roll = match rolls::in_force(tx, place.community)? {
        Some(whole) if is_draft => Some(crate::rolls::foreseen(tx, whole, &it.terms.parts)?),
        other => other,
    };
    let unanswered = objections.iter().filter(|it| it.open).count();
    let waits = match results.first() {
        Some(it) if tx.ctx.today() < it.from => {
            Some(format!("初步结果公示中，{}起可以确认最终结果。", it.next_step))
        }
        _ if 0 < unanswered => Some(format!("还有{unanswered}件异议待街道答复，答复后可以确认最终结果。")),
        _ => None,
    };
    let must_recount = counting::must_recount(tx, id, &results)?;
    let can = Can {
        edit: convenes && is_draft,
        notice: convenes && is_draft && complete && roll.is_some(),
        report: convenes && is_draft,
        extend: convenes && running && !has_closed,
        cancel: (convenes && (is_draft || (running && noticed.is_some_and(|it| now < it.opens_at))))
            || (answers && !matches!(it.stage, Stage::Final(..) | Stage::Cancelled { .. })),
        canvass: noticed.is_some() && policy::may_canvass(&actor, &place).is_ok(),
        seal: convenes && has_closed && (running || matches!(it.stage, Stage::Sealed(..))),
        count: convenes && matches!(it.stage, Stage::Sealed(..)),
        recount: convenes && provisional && 0 < must_recount,
        finalize: convenes && provisional && waits.is_none() && must_recount == 0,
        answer: answers && provisional,
        reply: provisional || matches!(it.stage, Stage::Cancelled { .. }),
        observe: policy::may_observe(&actor, &place).is_ok() && !results.is_empty(),
        register: committees::elects(tx, vault, &it)?,
        check_bindings: noticed.is_some() && policy::may_check_bindings(&actor, &place).is_ok(),
    };
    let minute = |at: Option<Timestamp>| at.map(beijing_minute).unwrap_or_default();
    Ok(DecisionView {
        waits: waits.filter(|_| convenes && provisional),
        stage: labels::stage(&it, now),
        community,
        items: voting::queries::items(&it.agenda),
        reviews,
        review_by,
        review_pack: &reviews::of(&it).title,
        newer_roll: match (&roll, it.asked_on) {
            (Some(roll), Some(asked)) if is_draft => rolls::frozen_since(roll, asked),
            _ => None,
        },
        unvetted: if is_draft { vettings::unvetted_of(tx, vault, &it)? } else { vec![] },
        to_report: reviews::to_report(reviews::of(&it), &it.agenda),
        opens: minute(noticed.map(|it| it.opens_at)),
        closes: noticed.map(|it| labels::until(it.closes_at)).unwrap_or_default(),
        earliest: rules::earliest_opening(tx.ctx.today()).to_string(),
        roll: match noticed {
            Some(noticed) => Some(rolls::line(&crate::rolls::load(tx, noticed.roll)?)),
            None => roll.as_ref().map(rolls::line),
        },
        turnout: voting::turnout(tx, &it)?,
        buildings: match noticed {
            Some(noticed) if can.seal => voting::buildings(tx, noticed.roll)?,
            _ => vec![],
        },
        paper: voting::rules::paper(it.stage.boxes(), &sheets),
        is_final: matches!(it.stage, Stage::Final(..)),
        is_cancelled: matches!(it.stage, Stage::Cancelled { .. }),
        open_sheets: voting::rules::open_sheets(&sheets),
        results,
        objections,
        terms: declared::terms(&it),
        documents: enclosures::documents(tx, id, false)?,
        can,
        decision: it,
    })
}

fn reviews(
    tx: &mut Tx<'_>,
    it: &Decision,
    review_by: Option<Date>,
) -> Result<(Vec<ReviewView>, bool), Problem> {
    let (actor, place, today) = (tx.ctx.actor.clone(), it.place, tx.ctx.today());
    let given = store::reviews(tx, it.id)?;
    let waits = it.stage == Stage::Draft && it.asked_on.is_some();
    let mut views = vec![];
    let mut asked = reviews::needed(reviews::of(it), &it.agenda);
    for review in &given {
        if asked.iter().all(|it| it.0 != review.body) {
            asked.push((review.body, "本次议题不要求，自愿出具".to_owned()));
        }
    }
    for (body, says) in asked {
        let said = match given.iter().find(|it| it.body == body) {
            Some(said) => {
                let who = accounts::names(tx, &[said.person.into()])?;
                let who = who.into_values().next().unwrap_or_default();
                let words =
                    format!("{}（{}{who}，{}）", said.words, based(&said.document), beijing_minute(said.at));
                Some((labels::opinion(said.opinion), words, who))
            }
            None => None,
        };
        let overdue = review_by.is_some_and(|it| it < today);
        let open = waits && said.is_none();
        let may = |exempts| policy::may_review(&actor, &place, body, exempts).is_ok();
        views.push(ReviewView {
            body: body.code(),
            name: labels::reviewer(body),
            says,
            can_give: open && may(false) && !rules::waits_for_branch(it, &given, body),
            can_exempt: open && overdue && may(true),
            given: said,
        });
    }
    let complete = views.iter().all(|it| it.given.is_some());
    Ok((views, complete))
}

/// A draft as the form it was typed in.
pub(crate) fn form(tx: &mut Tx<'_>, id: DecisionId) -> Result<(Blank, Drafting), Problem> {
    let it = store::load(tx, id)?;
    let _may = policy::may_convene(&tx.ctx.actor, &it.place)?;
    rules::must_be_draft(&it)?;
    Ok((blank(tx, it.place.community.into())?, drafts::typed(&it)))
}

/// What a draft is written for.
#[derive(Debug)]
pub(crate) struct Blank {
    pub(crate) community: CommunityView,
    /// What may be ticked as 表决范围.
    pub(crate) parts: Vec<String>,
}

/// An empty draft for a community.
pub(crate) fn blank(tx: &mut Tx<'_>, id: CommunityId) -> Result<Blank, Problem> {
    let community = communities::load(tx, id)?;
    let _may = policy::may_convene(&tx.ctx.actor, &community.place)?;
    let parts = parts(tx, community.place.community)?.iter().map(Part::words).collect();
    Ok(Blank { community: communities::shown(tx, community)?, parts })
}

/// A decision whose result is final, for whoever may look into its work.
pub(crate) fn visible_final(tx: &mut Tx<'_>, id: DecisionId) -> Result<Decision, Problem> {
    let it = store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &it.place)?;
    if matches!(it.stage, Stage::Final(..)) { Ok(it) } else { Err(Problem::NotFound) }
}
