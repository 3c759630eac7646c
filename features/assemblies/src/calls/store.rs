//! Every statement about calls and offers; rows to nouns and back. What an owner says, and who was announced, is sealed here.

use ::store::{Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::{Problem, Tenant, UserId};

use super::types::{Announced, Answer, Call, CallId, Offer, OfferId};

fn tenant(id: i64) -> i64 {
    i64::from(Tenant::of_id(id).number())
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Call) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.seats.into(),
        it.opens_on.into(),
        it.closes_on.into(),
        it.words.clone().into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, vault: &Vault, id: CallId) -> Result<Call> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id.into()).into(), i64::from(id).into()], |it| {
        read(it, vault)
    })
}

/// The newest three of a community.
pub(crate) fn of_community(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Vec<Call>> {
    tx.all(include_str!("sql/of_community.sql"), &[community.into()], |it| read(it, vault))
}

pub(crate) fn announce(
    tx: &mut Tx<'_>,
    vault: &Vault,
    it: &Call,
    announced: &Announced,
) -> std::result::Result<(), Problem> {
    let names = serde_json::to_string(&announced.names).map_err(StoreError::from)?;
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        announced.on.into(),
        announced.until.into(),
        vault.seal(&names).map_err(Problem::Broken)?.0.into(),
    ];
    tx.save_version(include_str!("sql/announce.sql"), &args)
}

pub(crate) fn add_offer(tx: &mut Tx<'_>, vault: &Vault, it: &Offer) -> std::result::Result<(), Problem> {
    let told = serde_json::to_string(&it.told).map_err(StoreError::from)?;
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        i64::from(it.call).into(),
        i64::from(it.person).into(),
        vault.seal(&told).map_err(Problem::Broken)?.0.into(),
        it.offered_at.into(),
    ];
    Ok(tx.put(include_str!("sql/add_offer.sql"), &args)?)
}

pub(crate) fn load_offer(tx: &mut Tx<'_>, vault: &Vault, id: OfferId) -> Result<Offer> {
    let args = [tenant(id.into()).into(), i64::from(id).into()];
    tx.one(include_str!("sql/load_offer.sql"), &args, |it| read_offer(it, vault))
}

pub(crate) fn offers(tx: &mut Tx<'_>, vault: &Vault, call: CallId) -> Result<Vec<Offer>> {
    let args = [tenant(call.into()).into(), i64::from(call).into()];
    tx.all(include_str!("sql/offers.sql"), &args, |it| read_offer(it, vault))
}

pub(crate) fn offer_of(
    tx: &mut Tx<'_>,
    vault: &Vault,
    call: CallId,
    person: UserId,
) -> Result<Option<Offer>> {
    let args = [tenant(call.into()).into(), i64::from(call).into(), i64::from(person).into()];
    tx.maybe(include_str!("sql/offer_of.sql"), &args, |it| read_offer(it, vault))
}

pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    it: &Offer,
    answer: &Answer,
) -> std::result::Result<(), Problem> {
    let (outcome, reason, candidate) = match answer {
        Answer::Taken(candidate) => ("taken", String::new(), Some(i64::from(*candidate))),
        Answer::Declined(reason) => ("declined", vault.seal(reason).map_err(Problem::Broken)?.0, None),
    };
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        outcome.into(),
        reason.into(),
        candidate.into(),
    ];
    tx.save_version(include_str!("sql/answer.sql"), &args)
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Call> {
    let day = |column: &str| row.maybe_date(column)?.ok_or(StoreError::Missing);
    let span = row.maybe_date("announced_on")?.zip(row.maybe_date("announced_until")?);
    let announced = match span {
        Some((on, until)) => {
            let names = vault.open_sealed(&Sealed(row.text("announced")?)).map_err(StoreError::Broken)?;
            Some(Announced { on, until, names: serde_json::from_str(&names)? })
        }
        None => None,
    };
    Ok(Call {
        id: row.int("id")?.into(),
        place: row.place()?,
        seats: row.int("seats")?,
        opens_on: day("opens_on")?,
        closes_on: day("closes_on")?,
        words: row.text("words")?,
        announced,
        version: row.int("version")?,
    })
}

fn read_offer(row: &Row<'_>, vault: &Vault) -> Result<Offer> {
    let told = vault.open_sealed(&Sealed(row.text("sealed")?)).map_err(StoreError::Broken)?;
    let answer = match (row.maybe_text("outcome")?.as_deref(), row.maybe_int("candidate")?) {
        (Some("taken"), Some(candidate)) => Some(Answer::Taken(candidate.into())),
        (Some(_), _) => {
            let reason = vault.open_sealed(&Sealed(row.text("reason")?)).map_err(StoreError::Broken)?;
            Some(Answer::Declined(reason))
        }
        (None, _) => None,
    };
    Ok(Offer {
        id: row.int("id")?.into(),
        call: row.int("call")?.into(),
        person: row.int("person")?.into(),
        told: serde_json::from_str(&told)?,
        offered_at: row.time("offered_at")?,
        answer,
        version: row.int("version")?,
    })
}
