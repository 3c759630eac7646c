//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Stopped, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{FieldError, Problem, Tenant, UserId};
use registry::{communities, records};

use super::{
    events::{
        ChoiceConfirmed, ChoiceProposed, ChoiceWithdrawn, ObjectionAnswered, ObjectionFiled,
        ObjectorRevealed, TitlesAwarded,
    },
    policy,
    rules::{self, AwardRefusal},
    store,
    types::{
        AnswerForm, Award, AwardForm, AwardId, Choice, ChoiceId, Objection, ObjectionForm, ObjectionId,
        Outcome, ProposalForm, tenant_of,
    },
};
use crate::{
    applications::{self, types::ApplicationId},
    assessments::{self, types::NoticeId},
    notices,
    openings::{self, types::CampaignId},
};

/// Counts one more objection of this sender, unless there were too many today.
pub(crate) fn count_sender(tx: &mut Tx<'_>, sender: &str) -> Result<bool, Problem> {
    let bucket = format!("objection {sender}");
    let since = tx.ctx.now - jiff::SignedDuration::from_hours(24);
    if rules::MOST_A_DAY <= tx.tries(&bucket, since)? {
        tx.note(UserId::from(0), "campaigns.object", Stopped::Throttled)?;
        return Ok(false);
    }
    tx.note_try(&bucket)?;
    Ok(true)
}

/// 提出异议 — by anybody, while the list is posted.
pub(crate) fn object(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    id: NoticeId,
    form: &ObjectionForm,
) -> Result<(ObjectionId, Recorded), Problem> {
    let notice = assessments::store::notice(tx, id)?;
    let permit = policy::may_object()?;
    let newest = assessments::store::notices(tx, notice.campaign)?.into_iter().next();
    let is_newest = newest.is_some_and(|it| it.id == id);
    let filed = rules::object(&notice, is_newest, form, tx.ctx.today(), calendar)?;
    let about = notice.lines.iter().map(|it| it.application).find(|it| it.to_string() == form.about);
    let objection = Objection {
        id: tx.ctx.new_id(tenant_of(about)).into(),
        campaign: notice.campaign,
        notice: id,
        application: about,
        body: filed.body,
        contact: vault.seal(&filed.contact).map_err(Problem::Broken)?.0,
        filed_at: tx.ctx.now,
        due_on: filed.due_on,
        outcome: Outcome::Open,
        version: 1,
    };
    store::add_objection(tx, &objection)?;
    let words = (format!("objection:{}", objection.id), "收到对公示的异议，请核查答复");
    notices::owner(tx, notice.campaign, words, "awards")?;
    Ok((objection.id, tx.record(permit, &ObjectionFiled { objection: objection.id, notice: id })?))
}

/// 答复异议 — in the open.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    id: ObjectionId,
    form: &AnswerForm,
) -> Result<(CampaignId, Recorded), Problem> {
    let objection = store::objection(tx, id)?;
    let campaign = openings::store::load(tx, objection.campaign)?;
    let permit = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    let outcome = rules::answer(&objection, form)?;
    let (campaign, code) = (campaign.id, outcome.code());
    let newest = assessments::store::notices(tx, campaign)?.first().map_or(0, |it| it.version);
    store::answer(tx, &Objection { outcome, ..objection }, newest)?;
    Ok((campaign, tx.record(permit, &ObjectionAnswered { objection: id, campaign, outcome: code })?))
}

/// 显示联系方式 — changes nothing but the log.
pub(crate) fn reveal(tx: &mut Tx<'_>, id: ObjectionId) -> Result<(CampaignId, Recorded), Problem> {
    let objection = store::objection(tx, id)?;
    let campaign = openings::store::load(tx, objection.campaign)?;
    let permit = policy::may_reveal_objector(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    let revealed = ObjectorRevealed { objection: id, campaign: campaign.id };
    Ok((campaign.id, tx.record(permit, &revealed)?))
}

/// 认定 — the newest list as it was posted becomes titles, each entered in the honours register.
pub(crate) fn award(tx: &mut Tx<'_>, id: CampaignId, form: &AwardForm) -> Result<(usize, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    let newest = assessments::store::notices(tx, id)?.into_iter().next();
    let (objections, held) = (store::standing(tx, id)?, store::awards(tx, id)?);
    let (on, document) = rules::award(newest.as_ref(), objections, !held.is_empty(), form, tx.ctx.today())?;
    let notice = newest.ok_or(AwardRefusal::NothingPosted)?;
    let code = assessments::ranking::city_selection(&campaign.pack).unwrap_or_default();
    let honours = campaign.pack.selection(&code).map(|it| it.honours.clone()).unwrap_or_default();
    let title = honours.first().map_or_else(|| campaign.pack.title.clone(), |it| it.title.clone());
    for line in &notice.lines {
        let award = Award {
            id: AwardId::from(tx.ctx.new_id(Tenant::of_id(line.application.into()))),
            campaign: id,
            selection: code.clone(),
            application: line.application,
            rank: i64::from(line.rank),
            name: line.name.clone(),
            place: line.place.clone(),
            enterprise: line.enterprise.clone(),
            total: line.total.clone(),
            title: title.clone(),
            document: document.clone(),
            awarded_on: on,
        };
        store::add_award(tx, &award)?;
        enter(tx, line.application, &honours, on, &document)?;
    }
    let awards = notice.lines.len();
    Ok((awards, tx.record(permit, &TitlesAwarded { campaign: id, notice: notice.id, awards })?))
}

/// Puts what a selection gives into the honours register of the community.
fn enter(
    tx: &mut Tx<'_>,
    application: ApplicationId,
    honours: &[::rules::Honour],
    on: jiff::civil::Date,
    document: &str,
) -> Result<(), Problem> {
    let (community, subject) = applications::store::community_of(tx, application)?;
    let community = communities::load(tx, community.into())?;
    for it in honours {
        // Somebody's title in a community is not the community's own.
        let (title, status) = match &subject {
            Some(subject) => (format!("{}：{subject}", it.title), format!("within_{}", it.status)),
            None => (it.title.clone(), it.status.clone()),
        };
        records::enter_honour(tx, &community, &title, &it.class, &status, on, document)?;
    }
    Ok(())
}

/// 提名 — for a selection the notice leaves to people, among those who hold the title it draws from.
pub(crate) fn propose(
    tx: &mut Tx<'_>,
    id: CampaignId,
    form: &ProposalForm,
) -> Result<(ChoiceId, Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    let selection = campaign.pack.selection(&form.selection);
    let by_hand = selection.filter(|it| it.kind == ::rules::SelectionKind::ByHand);
    let selection = by_hand
        .ok_or_else(|| Problem::Invalid(vec![FieldError::new("selection", "请选择由人选定的环节")]))?;
    let from = selection.from.clone().unwrap_or_default();
    let winners = store::awards(tx, id)?;
    let winner =
        winners.iter().find(|it| it.selection == from && it.application.to_string() == form.application);
    let mut proposed = store::choices(tx, id)?;
    proposed.retain(|it| it.selection == selection.code);
    let places = selection.quota.places(None).unwrap_or(0);
    let reason = rules::propose(form, winner.is_some(), &proposed, places)?;
    let application = winner.ok_or(AwardRefusal::NotAmongWinners)?.application;
    let choice = Choice {
        id: tx.ctx.new_id(Tenant::of_id(application.into())).into(),
        campaign: id,
        selection: selection.code.clone(),
        application,
        reason,
        proposed_by: tx.ctx.actor.user,
        confirmed_by: None,
        version: 1,
    };
    store::add_choice(tx, &choice)?;
    let words = (format!("choice:{}", choice.id), "有提名等第二个人确认");
    notices::owner(tx, id, words, "awards")?;
    let proposed = ChoiceProposed { choice: choice.id, campaign: id, selection: choice.selection };
    Ok((choice.id, tx.record(permit, &proposed)?))
}

/// 撤回提名 — by whoever may make one, until it is confirmed: a proposal nobody confirms must not hold a place for ever.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: ChoiceId) -> Result<(CampaignId, Recorded), Problem> {
    let choice = store::choice(tx, id)?;
    let campaign = openings::store::load(tx, choice.campaign)?;
    let permit = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    if choice.confirmed_by.is_some() {
        return Err(AwardRefusal::AlreadyConfirmed.into());
    }
    store::withdraw(tx, &choice)?;
    Ok((campaign.id, tx.record(permit, &ChoiceWithdrawn { choice: id, campaign: campaign.id })?))
}

/// 确认提名 — by a second person; what the selection gives is entered now.
pub(crate) fn confirm(tx: &mut Tx<'_>, id: ChoiceId) -> Result<(CampaignId, Recorded), Problem> {
    let choice = store::choice(tx, id)?;
    let campaign = openings::store::load(tx, choice.campaign)?;
    let permit = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    rules::confirm(&choice, tx.ctx.actor.user)?;
    store::confirm(tx, &choice)?;
    let honours = campaign.pack.selection(&choice.selection).map(|it| it.honours.clone()).unwrap_or_default();
    let today = tx.ctx.today();
    enter(tx, choice.application, &honours, today, &campaign.title)?;
    Ok((campaign.id, tx.record(permit, &ChoiceConfirmed { choice: id, campaign: campaign.id })?))
}
