//! Every statement about letters, ballots and sheets; rows to nouns and back.

use std::collections::BTreeSet;

use ::store::{Result, Row, Tx, Value};
use jiff::Timestamp;
use kernel::Problem;

use super::types::{Channel, Contact, Effective, KeptBallot, Letter, Sheet, SheetState};
use crate::decisions::{DecisionId, store::tenant};

fn keys(id: DecisionId) -> Vec<Value> {
    vec![tenant(id).into(), i64::from(id).into()]
}

fn with(id: DecisionId, more: impl IntoIterator<Item = Value>) -> Vec<Value> {
    keys(id).into_iter().chain(more).collect()
}

pub(crate) fn add_letter(tx: &mut Tx<'_>, id: DecisionId, unit: &str, digest: &str) -> Result<()> {
    tx.put(include_str!("sql/add_letter.sql"), &with(id, [unit.into(), digest.into()]))
}

pub(crate) fn letter_of(tx: &mut Tx<'_>, digest: &str) -> Result<Option<Letter>> {
    tx.maybe(include_str!("sql/letter_of.sql"), &[digest.into()], read_letter)
}

pub(crate) fn letter(tx: &mut Tx<'_>, id: DecisionId, unit: &str) -> Result<Letter> {
    tx.one(include_str!("sql/letter.sql"), &with(id, [unit.into()]), read_letter)
}

pub(crate) fn letters(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Letter>> {
    tx.all(include_str!("sql/letters.sql"), &keys(id), read_letter)
}

pub(crate) fn reissue(tx: &mut Tx<'_>, id: DecisionId, unit: &str, digest: &str) -> Result<()> {
    tx.change_one(include_str!("sql/reissue.sql"), &with(id, [unit.into(), digest.into()]))
}

pub(crate) fn deliver(tx: &mut Tx<'_>, id: DecisionId, unit: &str, how: &str) -> Result<()> {
    let by = i64::from(tx.ctx.actor.user);
    let args = with(id, [unit.into(), tx.ctx.now.into(), by.into(), how.into()]);
    tx.change_one(include_str!("sql/deliver.sql"), &args)
}

pub(crate) fn contact(tx: &mut Tx<'_>, id: DecisionId, unit: &str, contact: Contact) -> Result<()> {
    tx.change_one(include_str!("sql/contact.sql"), &with(id, [unit.into(), contact.code().into()]))
}

/// 到会: signed in at the meeting at this moment; `None` takes it back.
pub(crate) fn present(tx: &mut Tx<'_>, id: DecisionId, unit: &str, at: Option<Timestamp>) -> Result<()> {
    tx.change_one(include_str!("sql/present.sql"), &with(id, [unit.into(), at.into()]))
}

/// The units whose owners signed in at the meeting.
pub(crate) fn those_present(tx: &mut Tx<'_>, id: DecisionId) -> Result<BTreeSet<String>> {
    let units = tx.all(include_str!("sql/those_present.sql"), &keys(id), |it| it.text("unit"))?;
    Ok(units.into_iter().collect())
}

pub(crate) fn add_ballot(tx: &mut Tx<'_>, id: DecisionId, it: &KeptBallot) -> Result<()> {
    let args = with(
        id,
        [
            it.n.into(),
            it.unit.clone().into(),
            it.channel.code().into(),
            it.at.into(),
            it.sealed.clone().into(),
            i64::from(it.proxy).into(),
            it.account.into(),
        ],
    );
    tx.put(include_str!("sql/add_ballot.sql"), &args)
}

pub(crate) fn ballots(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<KeptBallot>> {
    tx.all(include_str!("sql/ballots.sql"), &keys(id), read_ballot)
}

/// Every ballot that ever came for a unit.
pub(crate) fn ballots_of(tx: &mut Tx<'_>, id: DecisionId, unit: &str) -> Result<Vec<KeptBallot>> {
    tx.all(include_str!("sql/ballots_of.sql"), &with(id, [unit.into()]), read_ballot)
}

pub(crate) fn void_ballot(tx: &mut Tx<'_>, id: DecisionId, n: i64) -> Result<()> {
    tx.change_one(include_str!("sql/void_ballot.sql"), &with(id, [n.into()]))
}

pub(crate) fn drop_effective(tx: &mut Tx<'_>, id: DecisionId, unit: &str) -> Result<()> {
    tx.change_one(include_str!("sql/drop_effective.sql"), &with(id, [unit.into()]))
}

pub(crate) fn put_effective(tx: &mut Tx<'_>, id: DecisionId, it: &Effective) -> Result<()> {
    let args = with(
        id,
        [
            it.unit.clone().into(),
            it.ballot.into(),
            it.channel.code().into(),
            it.at.into(),
            i64::from(it.proxy).into(),
            it.account.into(),
        ],
    );
    tx.change_one(include_str!("sql/put_effective.sql"), &args)
}

pub(crate) fn effective(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Effective>> {
    tx.all(include_str!("sql/effective.sql"), &keys(id), read_effective)
}

pub(crate) fn effective_of(tx: &mut Tx<'_>, id: DecisionId, unit: &str) -> Result<Option<Effective>> {
    tx.maybe(include_str!("sql/effective_of.sql"), &with(id, [unit.into()]), read_effective)
}

pub(crate) fn add_sheet(tx: &mut Tx<'_>, id: DecisionId, it: &Sheet) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(it.id).into(),
        i64::from(id).into(),
        it.number.clone().into(),
        it.unit.clone().into(),
        it.building.clone().into(),
        it.received_at.into(),
        i64::from(it.first_by).into(),
        it.first.clone().into(),
    ];
    tx.put(include_str!("sql/add_sheet.sql"), &args)
}

pub(crate) fn save_sheet(tx: &mut Tx<'_>, id: DecisionId, it: &Sheet) -> std::result::Result<(), Problem> {
    let args = [
        tenant(id).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.unit.clone().into(),
        it.building.clone().into(),
        it.received_at.into(),
        i64::from(it.first_by).into(),
        it.first.clone().into(),
        it.second.as_ref().map(|it| i64::from(it.0)).into(),
        it.second.as_ref().map(|it| it.1.clone()).into(),
        it.state.code().into(),
    ];
    tx.save_version(include_str!("sql/save_sheet.sql"), &args)
}

pub(crate) fn sheet(tx: &mut Tx<'_>, id: DecisionId, number: &str) -> Result<Option<Sheet>> {
    tx.maybe(include_str!("sql/sheet.sql"), &with(id, [number.into()]), read_sheet)
}

pub(crate) fn sheets(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Sheet>> {
    tx.all(include_str!("sql/sheets.sql"), &keys(id), read_sheet)
}

fn read_letter(row: &Row<'_>) -> Result<Letter> {
    let delivered_at: Option<Timestamp> = row.maybe_time("delivered_at")?;
    Ok(Letter {
        decision: row.int("decision")?.into(),
        unit: row.text("unit")?,
        serial: row.int("serial")?,
        delivered_at,
        how: row.text("how")?,
        contact: Contact::from_code(&row.text("contact")?),
        present_at: row.maybe_time("present_at")?,
    })
}

fn read_ballot(row: &Row<'_>) -> Result<KeptBallot> {
    Ok(KeptBallot {
        n: row.int("n")?,
        unit: row.text("unit")?,
        channel: Channel::from_code(&row.text("channel")?),
        at: row.time("at")?,
        sealed: row.text("sealed")?,
        void: row.int("void")? == 1,
        proxy: row.int("proxy")? == 1,
        account: row.int("account")?,
    })
}

fn read_effective(row: &Row<'_>) -> Result<Effective> {
    Ok(Effective {
        unit: row.text("unit")?,
        ballot: row.int("ballot")?,
        channel: Channel::from_code(&row.text("channel")?),
        at: row.time("at")?,
        proxy: row.int("proxy")? == 1,
        account: row.int("account")?,
    })
}

fn read_sheet(row: &Row<'_>) -> Result<Sheet> {
    let second = row.maybe_int("second_by")?.zip(row.maybe_text("second")?);
    Ok(Sheet {
        id: row.int("id")?.into(),
        number: row.text("number")?,
        unit: row.text("unit")?,
        building: row.text("building")?,
        received_at: row.time("received_at")?,
        first_by: row.int("first_by")?.into(),
        first: row.text("first")?,
        second: second.map(|(by, text)| (by.into(), text)),
        state: SheetState::from_code(&row.text("state")?),
        version: row.int("version")?,
    })
}
