//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{Problem, Tenant};
use registry::communities::{self, CommunityId};

use super::{
    events::{FoundingApplied, FoundingDone, FoundingEnded, GroupFormed, GroupPosted, TaskFinished},
    policy, queries,
    rules::{self, FoundingRefusal, PACK},
    store,
    types::{Applying, Founding, FoundingId, Going, Group, Grouping, Side, Stage},
};
use crate::{
    counting, decisions, notices,
    objections::{self, Answering, Objected, ObjectionId},
};

fn tell(tx: &mut Tx<'_>, it: &Founding, mark: &str, words: &str) -> Result<(), Problem> {
    let place = &it.place;
    let about = (it.id.into(), format!("/assemblies/foundings/{}", it.id));
    let told = [notices::street(place), notices::neighborhood(place), notices::branch(place)];
    notices::tell(tx, about, place, (mark, format!("{}：{words}", it.kind.label())), &told)
}

/// 登记申请.
pub(crate) fn apply(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: CommunityId,
    form: &Applying,
) -> Result<(FoundingId, Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    let permit = policy::may_apply(&tx.ctx.actor, &place)?;
    let running = store::of_community(tx, vault, place.community)?;
    if running.iter().any(|it| it.stage.is_open()) {
        return Err(FoundingRefusal::Running.into());
    }
    let (kind, applied_on, ground) =
        rules::apply(&PACK, &queries::place_code(tx, &place)?, form, tx.ctx.today())?;
    let id = FoundingId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let founding = Founding {
        id,
        place,
        kind,
        applied_on,
        ground: ground.clone(),
        stage: Stage::Applied,
        group: Group::default(),
        tasks: vec![],
        version: 1,
    };
    store::add(tx, vault, &founding)?;
    tell(tx, &founding, "applied", "已收到申请，请组建")?;
    Ok((id, tx.record(permit, &FoundingApplied { founding: id, kind: kind.code(), ground })?))
}

/// 组建并公告名单.
pub(crate) fn put_together(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: FoundingId,
    form: &Grouping,
) -> Result<((), Recorded), Problem> {
    let founding = store::load(tx, vault, id)?;
    let permit = policy::may_lead(&tx.ctx.actor, &founding.place)?;
    let group = rules::put_together(&PACK, &founding, form)?;
    let (members, owners) =
        (group.members.len(), group.members.iter().filter(|it| it.side == Side::Owner).count());
    let on = tx.ctx.today();
    let founding = Founding { stage: Stage::Posted { on }, group, ..founding };
    store::save(tx, vault, &founding)?;
    tell(tx, &founding, &format!("posted {on}"), "成员名单已公告")?;
    Ok(((), tx.record(permit, &GroupPosted { founding: id, members, owners })?))
}

/// 确认成立.
pub(crate) fn confirm(tx: &mut Tx<'_>, vault: &Vault, id: FoundingId) -> Result<((), Recorded), Problem> {
    let founding = store::load(tx, vault, id)?;
    let permit = policy::may_lead(&tx.ctx.actor, &founding.place)?;
    // A list put together anew after an objection was upheld begins anew: what came before its day is done with.
    let (open, _) = objections::counts(tx, id.into())?;
    let upheld = match founding.stage {
        Stage::Posted { on } => objections::upheld_since(tx, id.into(), calendar::end_of(on))?,
        _ => 0,
    };
    let stage = rules::confirm(&PACK, &founding, (open, upheld), tx.ctx.today())?;
    let founding = Founding { stage, ..founding };
    store::save(tx, vault, &founding)?;
    tell(tx, &founding, "formed", "已成立，开始筹备")?;
    Ok(((), tx.record(permit, &GroupFormed { founding: id })?))
}

/// 答复对名单的异议.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: FoundingId,
    objection: ObjectionId,
    form: &Answering,
) -> Result<((), Recorded), Problem> {
    let founding = store::load(tx, vault, id)?;
    let (permit, objection) = objections::may_answer(tx, &founding.place, id.into(), objection)?;
    if !matches!(founding.stage, Stage::Posted { .. }) {
        return Err(rules::wrong(&founding).into());
    }
    let about = Objected { subject: id.into(), place: &founding.place, what: "小组名单" };
    objections::answer(tx, vault, permit, about, objection, form)
}

/// 办结一项筹备工作.
pub(crate) fn finish_task(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: FoundingId,
    form: &Going,
) -> Result<((), Recorded), Problem> {
    let mut founding = store::load(tx, vault, id)?;
    let permit = policy::may_prepare(&tx.ctx.actor, &founding.place)?;
    let done = rules::finish_task(&PACK, &founding, form, tx.ctx.today())?;
    let task = done.0.clone();
    founding.tasks.push(done);
    store::save(tx, vault, &founding)?;
    Ok(((), tx.record(permit, &TaskFinished { founding: id, task })?))
}

/// 完成.
pub(crate) fn complete(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: FoundingId,
    form: &Going,
) -> Result<((), Recorded), Problem> {
    let founding = store::load(tx, vault, id)?;
    let permit = policy::may_lead(&tx.ctx.actor, &founding.place)?;
    let decided = decisions::store::of_community(tx, founding.place.community)?;
    let mut own = None;
    if let Some(it) = decided.iter().find(|it| it.id.to_string() == form.decision) {
        own = rules::is_its_own(&founding, it, &counting::passed(tx, it)?).then_some(it.id);
    }
    let stage = rules::complete(&PACK, &founding, own, tx.ctx.today())?;
    let Stage::Done { decision, .. } = stage else { return Err(Problem::NotFound) };
    let founding = Founding { stage, ..founding };
    store::save(tx, vault, &founding)?;
    tell(tx, &founding, "done", "已完成，请登记新一届业委会并备案")?;
    Ok(((), tx.record(permit, &FoundingDone { founding: id, decision })?))
}

/// 终止.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: FoundingId,
    form: &Going,
) -> Result<((), Recorded), Problem> {
    let founding = store::load(tx, vault, id)?;
    let permit = policy::may_lead(&tx.ctx.actor, &founding.place)?;
    let stage = rules::end(&founding, form, tx.ctx.today())?;
    let event = FoundingEnded { founding: id };
    let founding = Founding { stage, ..founding };
    store::save(tx, vault, &founding)?;
    tell(tx, &founding, "ended", "已终止")?;
    Ok(((), tx.record(permit, &event)?))
}
