//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{FieldError, Problem, Tenant};
use registry::communities::{self, CommunityId};

use super::{
    elections,
    events::{CommitteeFounded, DutyFulfilled, MemberLeft},
    policy, rules,
    schedule::PACK,
    store,
    types::{Committee, CommitteeId, Founding, Fulfilling, Kind, Leaving},
};

use crate::vettings;

/// 登记一届: the term before it ends with it.
pub(crate) fn found(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: CommunityId,
    form: &Founding,
) -> Result<(CommitteeId, Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    // What no vote of this house says, rests on the papers the street has filed.
    let permit = match form.election.is_empty() {
        true => policy::may_file(&tx.ctx.actor, &place)?,
        false => policy::may_keep(&tx.ctx.actor, &place)?,
    };
    let founded = rules::found(&PACK, form, tx.ctx.today())?;
    for it in &founded.members {
        if vettings::is_refused(tx, vault, place.community, &it.name)? {
            let message = format!("{}的联审不通过，不能登记为委员，请核对选举结果", it.name);
            return Err(Problem::Invalid(vec![FieldError::new("name", message)]));
        }
    }
    let before = store::newest(tx, vault, place.community)?;
    let since = before.as_ref().map(|it| it.elected_on);
    let election = elections::election_of(tx, &place, since, &form.election)?;
    rules::must_follow(&founded, &form.election, election.as_ref())?;
    if founded.kind == Kind::Owners
        && election.is_none()
        && let Some(title) = elections::under_way(tx, &place, founded.elected_on)?
    {
        return Err(rules::CommitteeRefusal::Voting(title).into());
    }
    if form.election.is_empty() {
        rules::must_be_filed(&founded.basis)?;
    }
    rules::follows(before.as_ref(), &founded)?;
    if let Some(before) = before {
        let ended = Some((founded.elected_on, "换届".to_owned()));
        store::save(tx, vault, &Committee { ended, ..before })?;
    }
    let id = CommitteeId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let mut committee = Committee {
        id,
        place,
        n: store::next(tx, &place)?,
        kind: founded.kind,
        elected_on: founded.elected_on,
        term_ends_on: founded.term_ends_on,
        common_income: founded.common_income,
        members: founded.members,
        seats: 0,
        ended: None,
        version: 1,
    };
    committee.seats = committee.sitting().count() as i64;
    store::add(tx, vault, &committee)?;
    let (n, members) = (committee.n, committee.members.len());
    Ok((id, tx.record(permit, &CommitteeFounded { committee: id, n, members, basis: founded.basis })?))
}

/// 办结履职事项.
pub(crate) fn fulfil(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Fulfilling,
) -> Result<((), Recorded), Problem> {
    let committee = store::load(tx, vault, id)?;
    let code = form.key.split('-').next().unwrap_or_default();
    let duty = PACK.duty(code).ok_or(Problem::NotFound)?;
    let permit = policy::may_fulfil(&tx.ctx.actor, &committee.place, duty.by)?;
    let is_done = store::duties(tx, id)?.iter().any(|it| it.key == form.key);
    let done = rules::fulfil(&PACK, &committee, form, is_done, tx.ctx.today())?;
    store::add_duty(tx, id, &done)?;
    Ok(((), tx.record(permit, &DutyFulfilled { committee: id, key: done.key })?))
}

/// 委员离任.
pub(crate) fn leave(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    form: &Leaving,
) -> Result<((), Recorded), Problem> {
    let committee = store::load(tx, vault, id)?;
    let permit = policy::may_keep(&tx.ctx.actor, &committee.place)?;
    let members = rules::leave(&committee, form, tx.ctx.today())?;
    let committee = Committee { members, ..committee };
    store::save(tx, vault, &committee)?;
    let sitting = committee.sitting().count();
    Ok(((), tx.record(permit, &MemberLeft { committee: id, sitting })?))
}
