//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use calendar::Calendar;
use kernel::{Problem, Tenant};
use registry::communities;

use super::{
    events::{WarningRaised, WarningReacted},
    policy, rules, store,
    types::{Found, ReactionForm, Rule, Warning, WarningId},
};
use crate::profiles;

/// 预警 — once for what it is about; what was raised before is not raised again.
pub(crate) fn raise(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    rule: &Rule,
    found: &Found,
) -> Result<((), Recorded), Problem> {
    let permit = policy::may_raise(&tx.ctx.actor)?;
    let place = communities::load(tx, found.community.into())?.place;
    let tenant = Tenant::of_id(found.community);
    let (profile, ..) = profiles::of_county(tx, tenant)?;
    let now = tx.ctx.now;
    let warning = Warning {
        id: tx.ctx.new_id(tenant).into(),
        place,
        kind: rule.kind.code().to_owned(),
        subject: found.subject.clone(),
        ticket: found.ticket,
        words: found.words.clone(),
        raised_at: now,
        react_by: profile.after(now, rule.within, calendar),
        reactor: rule.react.body(&place).ok_or(Problem::NotFound)?,
        reaction: None,
        reacted_at: None,
        version: 1,
    };
    if !store::add(tx, &warning)? {
        return Err(Problem::Conflict);
    }
    Ok(((), tx.record(permit, &WarningRaised { warning: warning.id, kind: warning.kind })?))
}

/// 一并回应 — one thing that was done about several: all of them are closed by it, or none.
pub(crate) fn react_to_several(tx: &mut Tx<'_>, form: &ReactionForm) -> Result<(usize, Recorded), Problem> {
    let ids = rules::chosen(&form.id)?;
    let (last, others) = ids.split_last().ok_or(rules::WarningRefusal::Nothing)?;
    for id in others {
        let ((), _recorded) = tx.in_parts(|tx| react(tx, *id, form))?;
    }
    // The last uses up the form's key.
    let ((), recorded) = react(tx, *last, form)?;
    Ok((ids.len(), recorded))
}

/// 回应 — what was done; only that closes a warning.
pub(crate) fn react(tx: &mut Tx<'_>, id: WarningId, form: &ReactionForm) -> Result<((), Recorded), Problem> {
    let warning = store::load(tx, id)?;
    let permit = policy::may_react(&tx.ctx.actor, &warning.place, warning.reactor)?;
    let reaction = rules::react(&warning, &form.reaction)?;
    store::react(tx, &warning, &reaction)?;
    Ok(((), tx.record(permit, &WarningReacted { warning: id, kind: warning.kind })?))
}
