//! Every statement about spot checks; rows to nouns and back.

use ::store::{Result, StoreError, Tx};

use super::types::{Call, CallState, SpotCheck};
use crate::decisions::{DecisionId, store::tenant};

pub(crate) fn add(tx: &mut Tx<'_>, it: &SpotCheck) -> Result<()> {
    let args = [
        tenant(it.decision).into(),
        i64::from(it.id).into(),
        i64::from(it.decision).into(),
        it.version.into(),
        it.seed.clone().into(),
        i64::from(it.share).into(),
        it.at.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn add_call(tx: &mut Tx<'_>, check: &SpotCheck, it: &Call) -> Result<()> {
    let args = [
        tenant(check.decision).into(),
        i64::from(check.id).into(),
        it.place.into(),
        it.ballot.into(),
        it.unit.clone().into(),
        it.state.code().into(),
        it.note.clone().into(),
    ];
    tx.put(include_str!("sql/add_call.sql"), &args)
}

/// The draw of the newest result that was drawn from.
pub(crate) fn newest(tx: &mut Tx<'_>, id: DecisionId) -> Result<Option<SpotCheck>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.maybe(include_str!("sql/newest.sql"), &args, |row| {
        Ok(SpotCheck {
            id: row.int("id")?.into(),
            decision: row.int("decision")?.into(),
            version: row.int("version")?,
            seed: row.text("seed")?,
            share: u32::try_from(row.int("share")?).map_err(|_| StoreError::Missing)?,
            at: row.time("made_at")?,
        })
    })
}

pub(crate) fn calls(tx: &mut Tx<'_>, check: &SpotCheck) -> Result<Vec<Call>> {
    let args = [tenant(check.decision).into(), i64::from(check.id).into()];
    tx.all(include_str!("sql/calls.sql"), &args, |row| {
        let by = row.maybe_int("said_by")?;
        Ok(Call {
            place: row.int("place")?,
            ballot: row.int("ballot")?,
            unit: row.text("unit")?,
            state: CallState::from_code(&row.text("state")?).ok_or(StoreError::Missing)?,
            note: row.text("note")?,
            said: row.maybe_time("said_at")?.zip(by.map(Into::into)),
        })
    })
}

pub(crate) fn say(
    tx: &mut Tx<'_>,
    check: &SpotCheck,
    place: i64,
    state: CallState,
    note: &str,
) -> Result<()> {
    let args = [
        tenant(check.decision).into(),
        i64::from(check.id).into(),
        place.into(),
        state.code().into(),
        note.into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.change_one(include_str!("sql/say.sql"), &args)
}
