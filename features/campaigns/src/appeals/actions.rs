//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{Problem, Tenant};

use super::{
    events::{AppealAnswered, AppealRaised, ScoresTold},
    policy, queries,
    rules::{self, AppealRefusal, DAYS_TO_ANSWER},
    store,
    types::{Appeal, AppealForm, AppealId, HearingForm, Subject},
};
use crate::{
    applications::{self, types::ApplicationId},
    assessments::{self, types::Panel},
    awards::{AnswerForm, Outcome},
    notices::{self, Happened},
    openings::{self, types::CampaignId},
    snapshots,
};

/// 告知得分 — the applicants may read their scores from now on, and appeal for some working days.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    id: CampaignId,
    form: &HearingForm,
) -> Result<((), Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_tell(&tx.ctx.actor, campaign.owner)?;
    if !assessments::store::notices(tx, id)?.is_empty() {
        return Err(AppealRefusal::AlreadyPosted.into());
    }
    snapshots::settle_missing(tx, vault, &campaign)?;
    let lines = assessments::ranking::ranking(tx, vault, campaign, Panel::City)?.lines;
    let waiting: Vec<String> = lines.iter().filter(|it| !it.is_locked()).map(|it| it.name.clone()).collect();
    let scored = !lines.is_empty();
    let hearing =
        rules::tell(id, store::hearing(tx, id)?, scored.then_some(&waiting), form, tx.ctx.today(), calendar)?;
    store::add_hearing(tx, &hearing)?;
    Ok(((), tx.record(permit, &ScoresTold { campaign: id, closes_on: hearing.closes_on })?))
}

/// 提出申诉.
pub(crate) fn raise(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    id: ApplicationId,
    form: &AppealForm,
) -> Result<(AppealId, Recorded), Problem> {
    let application = applications::store::load(tx, vault, id)?;
    let asked = Subject::from_code(&form.subject);
    let campaign = openings::store::load(tx, application.campaign)?;
    let concerned = (&application.place, application.party);
    let permit = policy::may_raise(&tx.ctx.actor, concerned, campaign.owner, asked.as_ref())?;
    campaign.must_go_on()?;
    if !assessments::store::notices(tx, application.campaign)?.is_empty() {
        return Err(AppealRefusal::AlreadyPosted.into());
    }
    let (subjects, hearing) =
        (queries::subjects(tx, &application)?, store::hearing(tx, application.campaign)?);
    let earlier = store::of_application(tx, id)?;
    let today = tx.ctx.today();
    let raised = rules::raise(&subjects, hearing, &earlier, form, today)?;
    let appeal = Appeal {
        id: tx.ctx.new_id(Tenant::of_id(id.into())).into(),
        campaign: application.campaign,
        application: id,
        subject: raised.subject,
        says: raised.says,
        body: raised.body,
        filed_by: tx.ctx.actor.user,
        filed_at: tx.ctx.now,
        due_on: calendar.add_working_days(today, DAYS_TO_ANSWER).on,
        outcome: Outcome::Open,
        scored_by: assessments::counting_sheets(tx, id)?,
        version: 1,
    };
    store::add(tx, &appeal)?;
    notices::application(tx, &application, Happened::AppealRaised)?;
    let subject = appeal.subject.code();
    Ok((appeal.id, tx.record(permit, &AppealRaised { appeal: appeal.id, application: id, subject })?))
}

/// 答复申诉.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: AppealId,
    form: &AnswerForm,
) -> Result<(ApplicationId, Recorded), Problem> {
    let appeal = store::load(tx, id)?;
    let application = applications::store::load(tx, vault, appeal.application)?;
    let campaign = openings::store::load(tx, appeal.campaign)?;
    let permit = policy::may_answer(&tx.ctx.actor, &application.place, campaign.owner, &appeal.subject)?;
    campaign.must_go_on()?;
    let outcome = rules::answer(&appeal, form)?;
    let (about, code) = (appeal.application, outcome.code());
    store::answer(tx, &Appeal { outcome, ..appeal })?;
    notices::application(tx, &application, Happened::AppealAnswered)?;
    Ok((about, tx.record(permit, &AppealAnswered { appeal: id, application: about, outcome: code })?))
}
