//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{Area, Problem, Tenant};
use registry::communities::{self, CommunityId};
use sha2::{Digest as _, Sha256};

use super::{
    events::{RollFrozen, RollPosted, RollProposed, RollWithdrawn},
    policy, rules, store,
    types::{ReadUnit, Roll, RollId, Stage, Unit},
};
use crate::{
    HeadRule, notices,
    objections::{self, Answering, Objected, ObjectionId},
    read_roll,
};

/// 提出名册 — whole or not at all; it is posted when somebody has looked it through.
pub(crate) fn propose(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: CommunityId,
    read: &[ReadUnit],
) -> Result<(RollId, Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    let permit = policy::may_propose(&tx.ctx.actor, &place)?;
    // Sorted, so that A and B are the same owners as B and A.
    let keyed = |it: &ReadUnit| {
        let mut owners: Vec<String> = it.people.iter().map(|person| owner_key(vault, person)).collect();
        owners.sort();
        Unit { owners, ..it.unit.clone() }
    };
    let units: Vec<Unit> = read.iter().map(keyed).collect();
    let text = rules::canonical(&units);
    // What the counting program would refuse is refused here, before anybody relies on it.
    let counted = read_roll(&text).map_err(|it| Problem::Broken(it.into()))?;
    let id = RollId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let (n, today) = (store::next(tx, &place)?, tx.ctx.today());
    let roll = Roll {
        id,
        place,
        n,
        stage: Stage::Draft,
        units: units.len() as i64,
        area: Area(units.iter().map(|it| it.area.0).sum()),
        heads: counted.heads(HeadRule::DistinctOwner) as i64,
        digest: hex(&Sha256::digest(text.as_bytes())),
        proposed_on: today,
        proposed_by: tx.ctx.actor.user,
        days: i64::from(rules::POSTED_DAYS),
        next_step: calendar::earliest_step_after_notice(today, rules::POSTED_DAYS),
        cut: None,
        version: 1,
    };
    store::add(tx, &roll)?;
    store::add_units(tx, vault, id, &units)?;
    Ok((id, tx.record(permit, &RollProposed { roll: id, units: roll.units, digest: roll.digest })?))
}

/// The same person has the same key everywhere in this house, and nobody learns from it who that is.
fn owner_key(vault: &Vault, person: &str) -> String {
    vault.look_up(&format!("owner {person}")).chars().take(20).collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// 开始公示.
pub(crate) fn post(tx: &mut Tx<'_>, id: RollId) -> Result<((), Recorded), Problem> {
    let roll = store::load(tx, id)?;
    let permit = policy::may_propose(&tx.ctx.actor, &roll.place)?;
    let proposed_on = tx.ctx.today();
    let (stage, next_step) = rules::post(&roll, proposed_on)?;
    let about = (id.into(), format!("/assemblies/rolls/{id}"));
    let words = ("posted", "业主名册开始公示，期满后请确认冻结".to_owned());
    notices::tell(tx, about, &roll.place, words, &[notices::street(&roll.place)])?;
    store::save(tx, &Roll { stage, proposed_on, next_step, ..roll })?;
    Ok(((), tx.record(permit, &RollPosted { roll: id })?))
}

/// 确认冻结.
pub(crate) fn freeze(tx: &mut Tx<'_>, id: RollId) -> Result<((), Recorded), Problem> {
    let roll = store::load(tx, id)?;
    let permit = policy::may_freeze(&tx.ctx.actor, &roll.place)?;
    let (open, upheld) = objections::counts(tx, id.into())?;
    let stage = rules::freeze(&roll, open, upheld, tx.ctx.today())?;
    store::save(tx, &Roll { stage, ..roll.clone() })?;
    Ok(((), tx.record(permit, &RollFrozen { roll: id, digest: roll.digest })?))
}

/// 撤回名册.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: RollId, reason: &str) -> Result<((), Recorded), Problem> {
    let roll = store::load(tx, id)?;
    let permit = policy::may_propose(&tx.ctx.actor, &roll.place)?;
    let stage = rules::withdraw(&roll, reason)?;
    store::save(tx, &Roll { stage, ..roll })?;
    Ok(((), tx.record(permit, &RollWithdrawn { roll: id })?))
}

/// 答复异议, while the version is still posted: a frozen one is put right by a new version.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: RollId,
    objection: ObjectionId,
    form: &Answering,
) -> Result<((), Recorded), Problem> {
    let roll = store::load(tx, id)?;
    let (permit, objection) = objections::may_answer(tx, &roll.place, id.into(), objection)?;
    rules::must_be_proposed(&roll)?;
    let about = Objected { subject: id.into(), place: &roll.place, what: "业主名册" };
    objections::answer(tx, vault, permit, about, objection, form)
}
