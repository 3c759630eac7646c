//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{Problem, Tenant};
use registry::communities::{self, CommunityId};

use super::{
    events::{Nominated, OpinionRecorded, VettingConcluded},
    policy,
    rules::{self, PACK, VettingRefusal},
    store,
    types::{Answering, Candidate, CandidateId, Nominating, Stage},
};
use crate::{
    calls,
    checklists::{self, types::Checklist},
};

/// 提名, under the county's newest list.
pub(crate) fn nominate(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    community: CommunityId,
    form: &Nominating,
) -> Result<(CandidateId, Recorded), Problem> {
    let list = checklists::newest(tx, i64::from(Tenant::of_id(community.into()).number()))?;
    let _may = policy::may_nominate(&tx.ctx.actor, &communities::load(tx, community)?.place)?;
    // Who put themselves forward in time is answered from the call; nobody is added to them afterwards.
    if form.nominated_by == "self"
        && let Some(closed) = calls::closed_in(tx, vault, community.into())?
    {
        return Err(VettingRefusal::CallClosed(closed).into());
    }
    nominate_under(tx, vault, calendar, community, form, &list)
}

/// 提名, and the departments are asked from today.
pub(crate) fn nominate_under(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    community: CommunityId,
    form: &Nominating,
    list: &Checklist,
) -> Result<(CandidateId, Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    let permit = policy::may_nominate(&tx.ctx.actor, &place)?;
    let known = store::of_community(tx, vault, place.community)?;
    let open = known.iter().filter(|it| it.stage == Stage::Open).count();
    let today = tx.ctx.today();
    let nominated = rules::nominate(list, open, form, today)?;
    let id = CandidateId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let candidate = Candidate {
        id,
        place,
        name: nominated.name,
        party: nominated.party,
        origin: nominated.origin,
        nominated_by: nominated.nominated_by,
        born: nominated.born,
        checklist: list.version,
        opened_on: today,
        due_on: calendar.add_working_days(today, PACK.days).on,
        stage: Stage::Open,
        version: 1,
    };
    store::add(tx, vault, &candidate)?;
    Ok((id, tx.record(permit, &Nominated { candidate: id })?))
}

/// 登记部门意见.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CandidateId,
    form: &Answering,
) -> Result<((), Recorded), Problem> {
    let candidate = store::load(tx, vault, id)?;
    let permit = policy::may_record(&tx.ctx.actor, &candidate.place)?;
    let list = checklists::version(tx, candidate.place.tenant, candidate.checklist)?;
    let opinion = rules::answer((&PACK, &list), &candidate, &store::opinions(tx, id)?, form)?;
    store::add_opinion(tx, id, &opinion)?;
    Ok(((), tx.record(permit, &OpinionRecorded { candidate: id, body: opinion.body })?))
}

/// 作出结论.
pub(crate) fn conclude(tx: &mut Tx<'_>, vault: &Vault, id: CandidateId) -> Result<((), Recorded), Problem> {
    let candidate = store::load(tx, vault, id)?;
    let permit = policy::may_conclude(&tx.ctx.actor, &candidate.place)?;
    let stage = rules::conclude(&PACK, &candidate, &store::opinions(tx, id)?, tx.ctx.today())?;
    store::conclude(tx, &Candidate { stage, ..candidate })?;
    Ok(((), tx.record(permit, &VettingConcluded { candidate: id, stage: stage.code() })?))
}
