//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Problem, Tenant};

use super::{
    events::{ProgressAnswered, ProgressAssessed},
    policy, queries, rules, store,
    types::{AnswerForm, Progress, ProgressForm, ProgressId},
};
use crate::openings::{self, types::CampaignId};

/// 评估进展 — what was seen, kept beside what the house counts at this moment.
pub(crate) fn assess(
    tx: &mut Tx<'_>,
    id: CampaignId,
    form: &ProgressForm,
) -> Result<((), Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_assess(&tx.ctx.actor, campaign.owner)?;
    let names = openings::counties(tx, &campaign)?;
    let counties: Vec<i64> = names.keys().copied().collect();
    let seen = rules::seen(form, &counties, tx.ctx.today())?;
    let figures = queries::figures(tx, &campaign, seen.tenant)?;
    let tenant = Tenant::from_number(u16::try_from(seen.tenant).unwrap_or(0));
    let progress = Progress {
        id: tx.ctx.new_id(tenant).into(),
        campaign: id,
        seen_on: seen.on,
        figures,
        verdict: seen.verdict,
        found: seen.found,
        advice: seen.advice,
        person: tx.ctx.actor.user,
        answer: None,
        version: 1,
    };
    store::add(tx, &progress)?;
    Ok(((), tx.record(permit, &ProgressAssessed { id: progress.id, campaign: id })?))
}

/// 回应.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    id: ProgressId,
    form: &AnswerForm,
) -> Result<(CampaignId, Recorded), Problem> {
    let progress = store::load(tx, id)?;
    let permit = policy::may_answer(&tx.ctx.actor, progress.tenant())?;
    openings::going_on(tx, progress.campaign)?;
    let text = rules::answer(&progress, &form.answer)?;
    store::answer(tx, &progress, &text)?;
    Ok((progress.campaign, tx.record(permit, &ProgressAnswered { id, campaign: progress.campaign })?))
}
