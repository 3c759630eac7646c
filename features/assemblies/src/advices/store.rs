//! Every statement about advices; rows to nouns and back.

use ::store::{Result, StoreError, Tx};
use kernel::Place;

use super::types::Advice;

pub(crate) fn add(tx: &mut Tx<'_>, it: &Advice) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.community.into(),
        it.seats.into(),
        it.party_percent.into(),
        it.cross_percent.into(),
        it.ages.0.into(),
        it.ages.1.into(),
        it.words.clone().into(),
        it.given_on.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// The newest of a community: it stands in the stead of those before.
pub(crate) fn newest(tx: &mut Tx<'_>, place: Place) -> Result<Option<Advice>> {
    tx.maybe(include_str!("sql/newest.sql"), &[place.community.into()], |row| {
        Ok(Advice {
            id: row.int("id")?.into(),
            place,
            seats: row.int("seats")?,
            party_percent: row.int("party_percent")?,
            cross_percent: row.int("cross_percent")?,
            ages: (row.int("youngest")?, row.int("oldest")?),
            words: row.text("words")?,
            given_on: row.maybe_date("given_on")?.ok_or(StoreError::Missing)?,
        })
    })
}
