//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{FieldError, Problem, Tenant};
use registry::{communities, records};

use crate::{
    events::{SurveyAnswered, SurveyClosed, SurveyOpened, SurveyVoided},
    policy,
    rules::{self, SurveyRefusal},
    store,
    types::{AnswerForm, Stage, Survey, SurveyForm, SurveyId, VoidForm},
};

/// 开展调查 — one at a time in a community.
pub(crate) fn open(tx: &mut Tx<'_>, form: &SurveyForm) -> Result<(SurveyId, Recorded), Problem> {
    let today = tx.ctx.today();
    let Some(community) = kernel::parse_id(form.community.trim()) else {
        let mut errors = vec![FieldError::new("community", "请选择小区")];
        if let Err(Problem::Invalid(more)) = rules::opening(form, today) {
            errors.extend(more);
        }
        return Err(Problem::Invalid(errors));
    };
    let community = communities::load(tx, community.into())?;
    let permit = policy::may_ask(&tx.ctx.actor, &community.place)?;
    let (title, closes_on) = rules::opening(form, today)?;
    if let Some(other) = store::open_of(tx, community.id.into())? {
        return Err(SurveyRefusal::AnotherOpen(other.title).into());
    }
    let survey = Survey {
        id: tx.ctx.new_id(Tenant::of_id(community.id.into())).into(),
        place: community.place,
        title,
        households: community.households,
        opens_on: today,
        closes_on,
        stage: Stage::Open,
        entered: false,
        version: 1,
    };
    store::add(tx, &survey)?;
    let event = SurveyOpened { survey: survey.id, community: community.id.to_string() };
    Ok((survey.id, tx.record(permit, &event)?))
}

/// 评价 — once a household. The door and the answer are kept apart.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: SurveyId,
    form: &AnswerForm,
    mark: &str,
) -> Result<((), Recorded), Problem> {
    let survey = store::load(tx, id)?;
    let permit = policy::may_answer()?;
    if !rules::takes(&survey, tx.ctx.today()) {
        return Err(SurveyRefusal::Over.into());
    }
    let (door, answer) = rules::answer(form)?;
    let door = vault.look_up(&format!("survey {} {door}", i64::from(id)));
    if !store::add_door(tx, id, &door)? {
        return Err(SurveyRefusal::Answered.into());
    }
    store::add_answer(tx, id, mark, &answer)?;
    Ok(((), tx.record(permit, &SurveyAnswered { survey: id })?))
}

/// 结束并公布 — enough answers go into the register, from where gates and rankings take them.
pub(crate) fn close(tx: &mut Tx<'_>, id: SurveyId) -> Result<((), Recorded), Problem> {
    let survey = store::load(tx, id)?;
    let permit = policy::may_ask(&tx.ctx.actor, &survey.place)?;
    rules::close(&survey, tx.ctx.today())?;
    let result = rules::result(&store::answers(tx, id)?, survey.households);
    if result.enough {
        let community = communities::load(tx, survey.place.community.into())?;
        let source = format!(
            "居民扫码评价，{}户中{}户有效；满意含“非常满意、满意”，不含“基本满意”",
            survey.households, result.valid
        );
        let numbers = (result.satisfied, result.valid);
        records::enter_survey(tx, &community, &survey.title, survey.closes_on, numbers, &source)?;
    }
    let (satisfied, valid, entered) = (result.satisfied, result.valid, result.enough);
    store::save(tx, &Survey { stage: Stage::Closed, entered, ..survey })?;
    Ok(((), tx.record(permit, &SurveyClosed { survey: id, satisfied, valid, entered })?))
}

/// 作废 — the reason is public, and nothing goes into the register.
pub(crate) fn void(tx: &mut Tx<'_>, id: SurveyId, form: &VoidForm) -> Result<((), Recorded), Problem> {
    let survey = store::load(tx, id)?;
    let permit = policy::may_ask(&tx.ctx.actor, &survey.place)?;
    let stage = rules::void(&survey, &form.reason)?;
    store::save(tx, &Survey { stage, ..survey })?;
    let reason = identifiers::mask_numbers(form.reason.trim());
    Ok(((), tx.record(permit, &SurveyVoided { survey: id, reason })?))
}
