//! Every statement of this room; rows to nouns and back.

use ::store::{Result, Row, Tx};
use jiff::Timestamp;
use kernel::{Problem, Tenant, UserId};

use crate::types::{Home, HomeId, Letter, LetterId, PhoneOf};

pub(crate) fn letter(tx: &mut Tx<'_>, id: LetterId) -> Result<Letter> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/letter.sql"), &[tenant.into(), i64::from(id).into()], read_letter)
}

pub(crate) fn letter_of(tx: &mut Tx<'_>, digest: &str) -> Result<Option<Letter>> {
    tx.maybe(include_str!("sql/letter_of_digest.sql"), &[digest.into()], read_letter)
}

/// The letters of a community by unit, newest first within one, after a unit.
pub(crate) fn letters(tx: &mut Tx<'_>, community: i64, after: &str, limit: i64) -> Result<Vec<Letter>> {
    tx.all(include_str!("sql/letters.sql"), &[community.into(), after.into(), limit.into()], read_letter)
}

/// Letters of a home that nobody has used yet.
pub(crate) fn open_letters(tx: &mut Tx<'_>, community: i64, unit: &str) -> Result<Vec<Letter>> {
    tx.all(include_str!("sql/open_letters.sql"), &[community.into(), unit.into()], read_letter)
}

pub(crate) fn add_letter(tx: &mut Tx<'_>, it: &Letter, digest: &str) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.unit.clone().into(),
        digest.into(),
        it.printed_at.into(),
        i64::from(tx.ctx.actor.user).into(),
        it.ends_at.into(),
    ];
    tx.put(include_str!("sql/add_letter.sql"), &args)
}

pub(crate) fn save_letter(tx: &mut Tx<'_>, it: &Letter) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.handed_on.into(),
        it.used_at.into(),
        it.void_reason.clone().into(),
    ];
    tx.save_version(include_str!("sql/save_letter.sql"), &args)
}

pub(crate) fn home(tx: &mut Tx<'_>, id: HomeId) -> Result<Home> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/home.sql"), &[tenant.into(), i64::from(id).into()], read_home)
}

/// The homes of a person today.
pub(crate) fn homes_of(tx: &mut Tx<'_>, person: UserId) -> Result<Vec<Home>> {
    tx.all(include_str!("sql/homes_of.sql"), &[i64::from(person).into()], read_home)
}

/// The bound homes of a community, by unit.
pub(crate) fn homes_in(tx: &mut Tx<'_>, community: i64, limit: i64) -> Result<Vec<Home>> {
    tx.all(include_str!("sql/homes_in.sql"), &[community.into(), limit.into()], read_home)
}

/// The same home as others have it today.
pub(crate) fn others_at(tx: &mut Tx<'_>, community: i64, unit: &str, person: UserId) -> Result<Vec<Home>> {
    let args = [community.into(), unit.into(), i64::from(person).into()];
    tx.all(include_str!("sql/others_at.sql"), &args, read_home)
}

pub(crate) fn add_home(tx: &mut Tx<'_>, it: &Home, letter: LetterId) -> Result<()> {
    let args = [
        i64::from(Tenant::of_id(it.id.into()).number()).into(),
        i64::from(it.id).into(),
        it.community.into(),
        it.unit.clone().into(),
        i64::from(it.person).into(),
        i64::from(letter).into(),
        it.bound_at.into(),
        it.device.clone().into(),
    ];
    tx.put(include_str!("sql/add_home.sql"), &args)
}

pub(crate) fn end_home(tx: &mut Tx<'_>, it: &Home, reason: &str) -> std::result::Result<(), Problem> {
    let tenant = i64::from(Tenant::of_id(it.id.into()).number());
    let args = [tenant.into(), i64::from(it.id).into(), it.version.into(), tx.ctx.now.into(), reason.into()];
    tx.save_version(include_str!("sql/end_home.sql"), &args)
}

/// The letter a home was bound with says from now on that the binding ended.
pub(crate) fn end_letter_of(tx: &mut Tx<'_>, it: &Home, reason: &str) -> Result<()> {
    let tenant = i64::from(Tenant::of_id(it.id.into()).number());
    tx.change_one(
        include_str!("sql/end_letter_of.sql"),
        &[tenant.into(), i64::from(it.id).into(), reason.into()],
    )
}

pub(crate) fn phone(tx: &mut Tx<'_>, hash: &str) -> Result<Option<PhoneOf>> {
    tx.maybe(include_str!("sql/phone.sql"), &[hash.into()], |it| {
        let verified = it.maybe_int("verified_at")?.is_some();
        Ok(PhoneOf { person: it.int("person")?.into(), verified })
    })
}

/// The sealed phones of a person.
pub(crate) fn phones_of(tx: &mut Tx<'_>, person: UserId) -> Result<Vec<String>> {
    tx.all(include_str!("sql/phone_of.sql"), &[i64::from(person).into()], |it| it.text("phone"))
}

pub(crate) fn add_phone(tx: &mut Tx<'_>, hash: &str, person: UserId, sealed: &str) -> Result<()> {
    tx.put(include_str!("sql/add_phone.sql"), &[hash.into(), i64::from(person).into(), sealed.into()])
}

pub(crate) fn verify_phone(tx: &mut Tx<'_>, hash: &str) -> Result<()> {
    tx.change_one(include_str!("sql/verify_phone.sql"), &[hash.into(), tx.ctx.now.into()])
}

pub(crate) fn put_code(tx: &mut Tx<'_>, hash: &str, digest: &str, ends_at: Timestamp) -> Result<()> {
    tx.change_one(include_str!("sql/put_code.sql"), &[hash.into(), digest.into(), ends_at.into()])
}

pub(crate) fn code(tx: &mut Tx<'_>, hash: &str) -> Result<Option<(String, Timestamp)>> {
    tx.maybe(include_str!("sql/code.sql"), &[hash.into()], |it| Ok((it.text("digest")?, it.time("ends_at")?)))
}

pub(crate) fn drop_code(tx: &mut Tx<'_>, hash: &str) -> Result<()> {
    tx.change(include_str!("sql/drop_code.sql"), &[hash.into()]).map(|_| ())
}

fn read_letter(row: &Row<'_>) -> Result<Letter> {
    Ok(Letter {
        id: row.int("id")?.into(),
        place: row.place()?,
        unit: row.text("unit")?,
        printed_at: row.time("printed_at")?,
        ends_at: row.time("ends_at")?,
        handed_on: row.maybe_date("handed_on")?,
        used_at: row.maybe_time("used_at")?,
        void_reason: row.maybe_text("void_reason")?,
        version: row.int("version")?,
    })
}

fn read_home(row: &Row<'_>) -> Result<Home> {
    let ended = row.maybe_time("ended_at")?;
    let reason = row.maybe_text("reason")?.unwrap_or_default();
    Ok(Home {
        id: row.int("id")?.into(),
        community: row.int("community")?,
        unit: row.text("unit")?,
        person: row.int("person")?.into(),
        bound_at: row.time("bound_at")?,
        ended: ended.map(|_| reason),
        device: row.text("device")?,
        version: row.int("version")?,
    })
}
