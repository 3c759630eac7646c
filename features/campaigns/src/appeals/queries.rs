//! What there is to see of appeals.

use ::store::Tx;
use app::Vault;
use kernel::{Problem, beijing_date};

use super::{
    policy, rules, store,
    types::{Appeal, AppealId, Hearing, Subject},
};
use crate::{
    applications::{
        self,
        types::{Application, ApplicationId},
    },
    assessments::{self, types::Panel},
    awards::Outcome,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
    snapshots,
};

/// An appeal as it is shown.
#[derive(Debug)]
pub(crate) struct AppealView {
    pub(crate) id: AppealId,
    pub(crate) application: ApplicationId,
    pub(crate) community: String,
    pub(crate) says: String,
    pub(crate) body: String,
    pub(crate) filed_on: String,
    pub(crate) due_on: String,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) answer: Option<String>,
    /// An upheld one that was not followed yet: what is to be done, and where.
    pub(crate) next: Option<(&'static str, String)>,
    pub(crate) can_answer: bool,
    pub(crate) version: i64,
}

/// The appeals of one application, and what may be appealed against.
#[derive(Debug)]
pub(crate) struct DeskView {
    pub(crate) application: ApplicationId,
    pub(crate) campaign: CampaignId,
    pub(crate) community: String,
    pub(crate) hearing: Option<Hearing>,
    pub(crate) appeals: Vec<AppealView>,
    /// Code and sentence, for whoever may raise it.
    pub(crate) subjects: Vec<(String, String)>,
    pub(crate) posted: bool,
    pub(crate) can_raise: bool,
}

/// The appeals of a campaign, for its owner or one county.
#[derive(Debug)]
pub(crate) struct ListView {
    pub(crate) campaign: Campaign,
    pub(crate) hearing: Option<Hearing>,
    pub(crate) appeals: Vec<AppealView>,
    pub(crate) can_tell: bool,
}

/// Whether the applicants of a campaign have been told their scores.
pub(crate) fn are_told(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<bool, Problem> {
    Ok(store::hearing(tx, campaign)?.is_some())
}

/// What stands against an application now, and the items of its score once it was told.
pub(crate) fn subjects(
    tx: &mut Tx<'_>,
    application: &Application,
) -> Result<Vec<(Subject, String)>, Problem> {
    let campaign = openings::store::load(tx, application.campaign)?;
    let mut subjects = hindering(tx, application, &campaign)?;
    let scored = !assessments::counting_sheets(tx, application.id)?.is_empty();
    if scored && are_told(tx, campaign.id)? {
        let items = campaign.pack.standard.items();
        subjects.extend(
            items.map(|it| (Subject::Item(it.code.clone()), format!("第{}项得分：{}", it.code, it.says))),
        );
    }
    Ok(subjects)
}

fn hindering(
    tx: &mut Tx<'_>,
    application: &Application,
    campaign: &Campaign,
) -> Result<Vec<(Subject, String)>, Problem> {
    let facts = snapshots::facts_of(tx, application)?;
    Ok(standing(campaign, &facts))
}

fn standing(campaign: &Campaign, facts: &::rules::Facts) -> Vec<(Subject, String)> {
    let standing = applications::queries::hindering(&campaign.pack, facts).into_iter();
    let subject = |it: applications::queries::Hindering| {
        let subject = if it.is_veto { Subject::Veto(it.code) } else { Subject::Gate(it.code) };
        (subject, it.says)
    };
    standing.map(subject).collect()
}

/// Refuses a posting while appeals may still come, wait for an answer, or were upheld and not followed.
pub(crate) fn must_be_settled(tx: &mut Tx<'_>, vault: &Vault, campaign: &Campaign) -> Result<(), Problem> {
    let (mut open, mut unsettled) = (0, vec![]);
    // Whoever is not to be chosen from holds nobody up.
    let candidates = assessments::ranking::candidates(tx, vault, campaign, Panel::City)?;
    for appeal in store::of_campaign(tx, campaign.id, None)? {
        if candidates.iter().all(|it| it.id != appeal.application) {
            continue;
        }
        if appeal.outcome == Outcome::Open {
            open += 1;
            continue;
        }
        let application = applications::store::load(tx, vault, appeal.application)?;
        let standing = hindering(tx, &application, campaign)?;
        let sheets = assessments::counting_sheets(tx, appeal.application)?;
        if !rules::is_settled(&appeal, &sheets, &standing) {
            let community = applications::candidate(tx, &application)?;
            let told = format!("{} {}", community.name, appeal.says.trim_end_matches('。'));
            if !unsettled.contains(&told) {
                unsettled.push(told);
            }
        }
    }
    let hearing = store::hearing(tx, campaign.id)?;
    Ok(rules::may_post(hearing, open, &unsettled, tx.ctx.today())?)
}

/// The days by which appeals that wait for this hat's answer are due.
pub(crate) fn due_of(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    actor: &kernel::Actor,
) -> Result<Vec<jiff::civil::Date>, Problem> {
    let mut due = vec![];
    let owner = openings::store::load(tx, campaign)?.owner;
    for it in store::of_campaign(tx, campaign, actor.hat.scope.tenant())? {
        if it.outcome == Outcome::Open {
            let place = applications::store::place_of(tx, it.application)?;
            due.extend(policy::may_answer(actor, &place, owner, &it.subject).is_ok().then_some(it.due_on));
        }
    }
    Ok(due)
}

/// How many appeals of a campaign wait for an answer; of all of it, or of one county.
pub(crate) fn waiting(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    county: Option<kernel::Tenant>,
) -> Result<usize, Problem> {
    let appeals = store::of_campaign(tx, campaign, county)?;
    Ok(appeals.iter().filter(|it| it.outcome == Outcome::Open).count())
}

/// Whether a score is to be given anew: the panel goes on for it, though its days are over.
pub(crate) fn wants_scoring(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<bool, Problem> {
    let appeals = store::of_campaign(tx, campaign, None)?;
    let upheld = |it: &Appeal| it.subject.is_score() && matches!(it.outcome, Outcome::Upheld { .. });
    Ok(appeals.iter().any(upheld))
}

/// The day until which appeals may be raised, once the scores were told.
pub(crate) fn open_until(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
) -> Result<Option<jiff::civil::Date>, Problem> {
    let today = tx.ctx.today();
    Ok(store::hearing(tx, campaign)?.map(|it| it.closes_on).filter(|it| today <= *it))
}

pub(crate) fn desk(tx: &mut Tx<'_>, vault: &Vault, id: ApplicationId) -> Result<DeskView, Problem> {
    let application = applications::store::load(tx, vault, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &application.place, application.party)?;
    let posted = !assessments::store::notices(tx, application.campaign)?.is_empty();
    let mut appeals = vec![];
    for it in store::of_application(tx, id)? {
        appeals.push(view(tx, vault, it)?);
    }
    let (actor, campaign) = (tx.ctx.actor.clone(), openings::store::load(tx, application.campaign)?);
    let owner = campaign.owner;
    let subjects = subjects(tx, &application)?.into_iter();
    let subjects: Vec<(String, String)> = subjects
        .filter(|(it, _)| {
            policy::may_raise(&actor, (&application.place, application.party), owner, Some(it)).is_ok()
        })
        .map(|(it, says)| (it.code(), says))
        .collect();
    let hearing = store::hearing(tx, application.campaign)?;
    let over = posted || hearing.is_some_and(|it| it.closes_on < tx.ctx.today());
    Ok(DeskView {
        application: id,
        campaign: application.campaign,
        community: applications::candidate(tx, &application)?.name,
        hearing,
        appeals,
        can_raise: !over
            && campaign.goes_on()
            && policy::may_raise(&actor, (&application.place, application.party), owner, None).is_ok(),
        posted,
        subjects,
    })
}

pub(crate) fn list(tx: &mut Tx<'_>, vault: &Vault, id: CampaignId) -> Result<ListView, Problem> {
    let _seen = policy::may_list(&tx.ctx.actor)?;
    let campaign = openings::queries::seen(tx, id)?;
    let actor = tx.ctx.actor.clone();
    let county = actor.hat.scope.tenant();
    let can_tell = policy::may_tell(&actor, campaign.owner).is_ok();
    let mut appeals = vec![];
    for it in store::of_campaign(tx, id, county.filter(|_| !can_tell))? {
        appeals.push(view(tx, vault, it)?);
    }
    Ok(ListView {
        hearing: store::hearing(tx, id)?,
        can_tell: can_tell && campaign.goes_on() && assessments::store::notices(tx, id)?.is_empty(),
        campaign,
        appeals,
    })
}

fn view(tx: &mut Tx<'_>, vault: &Vault, it: Appeal) -> Result<AppealView, Problem> {
    let application = applications::store::load(tx, vault, it.application)?;
    let community = applications::candidate(tx, &application)?.name;
    let is_open = it.outcome == Outcome::Open;
    let campaign = openings::store::load(tx, it.campaign)?;
    let standing = hindering(tx, &application, &campaign)?;
    let sheets = assessments::counting_sheets(tx, it.application)?;
    let settled = is_open || rules::is_settled(&it, &sheets, &standing);
    let next = if it.subject.is_score() {
        ("作废有误的评分表，再分配、锁定", format!("/campaigns/{}/ranking", it.campaign))
    } else if !settled && corrected(tx, &it, &application, &campaign, &sheets)? {
        let page = match policy::may_tell(&tx.ctx.actor, campaign.owner) {
            Ok(_) => format!("/campaigns/{}/facts", it.campaign),
            Err(_) => format!("/registry/communities/{}", application.place.community),
        };
        ("台账已更正，等主办单位重新核定", page)
    } else {
        ("更正台账记录", format!("/registry/communities/{}", application.place.community))
    };
    let next = Some(next).filter(|_| !settled);
    let state = match it.outcome {
        Outcome::Upheld { .. } if !settled => ("soon", "采纳，待落实"),
        Outcome::Open if it.due_on < tx.ctx.today() => ("late", "超期未答复"),
        Outcome::Open => ("open", "核查中"),
        Outcome::Upheld { .. } => ("done", "采纳，已落实"),
        Outcome::Dismissed { .. } => ("refused", "不采纳"),
    };
    Ok(AppealView {
        can_answer: is_open
            && campaign.goes_on()
            && policy::may_answer(&tx.ctx.actor, &application.place, campaign.owner, &it.subject).is_ok(),
        id: it.id,
        application: it.application,
        community,
        says: it.says,
        body: it.body,
        filed_on: beijing_date(it.filed_at).to_string(),
        due_on: it.due_on.to_string(),
        state,
        answer: it.outcome.answer().map(str::to_owned),
        next,
        version: it.version,
    })
}

/// Whether the registers were put right since, and only what was settled still says otherwise.
fn corrected(
    tx: &mut Tx<'_>,
    appeal: &Appeal,
    application: &Application,
    campaign: &Campaign,
    sheets: &[i64],
) -> Result<bool, Problem> {
    let today = tx.ctx.today();
    let live = snapshots::queries::live(tx, application, today)?;
    Ok(rules::is_settled(appeal, sheets, &standing(campaign, &live)))
}

/// The application an appeal is about, for whoever may see it.
pub(crate) fn about(tx: &mut Tx<'_>, id: AppealId) -> Result<ApplicationId, Problem> {
    Ok(store::load(tx, id)?.application)
}
