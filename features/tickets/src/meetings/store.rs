//! Every statement about agendas; rows to nouns and back.

use ::store::{Listing, Result, Row, Tx, Value};
use jiff::Timestamp;
use kernel::{Problem, Scope, Tenant};

use super::types::{Matter, MatterId, Meeting};
use crate::cases::types::{Ticket, TicketId};

fn tenant(id: i64) -> i64 {
    i64::from(Tenant::of_id(id).number())
}

/// Puts a case on an agenda; whether it was not there before.
pub(crate) fn add(tx: &mut Tx<'_>, it: &Ticket, meeting: Meeting) -> Result<bool> {
    let id = tx.ctx.new_id(Tenant::of_id(it.id.into()));
    let args = [
        it.place.tenant.into(),
        id.into(),
        i64::from(it.id).into(),
        meeting.code().into(),
        tx.ctx.now.into(),
    ];
    Ok(tx.change(include_str!("sql/add.sql"), &args)? == 1)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: MatterId) -> Result<Matter> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id.into()).into(), i64::from(id).into()], read)
}

/// Whether a case waits on any meeting's agenda.
pub(crate) fn waits(tx: &mut Tx<'_>, id: TicketId) -> Result<bool> {
    let args = [tenant(id.into()).into(), i64::from(id).into()];
    Ok(tx.maybe(include_str!("sql/waits.sql"), &args, |_| Ok(()))?.is_some())
}

pub(crate) fn of_ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Vec<Matter>> {
    tx.all(include_str!("sql/of_ticket.sql"), &[tenant(id.into()).into(), i64::from(id).into()], read)
}

/// What waits for a meeting of a county, within a scope below it; the longest waiting first.
pub(crate) fn open(
    tx: &mut Tx<'_>,
    county: Tenant,
    meeting: Meeting,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<Matter>> {
    let (block, number) = scope.equality();
    let args: [Value; 4] =
        [i64::from(county.number()).into(), meeting.code().into(), number.into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/open.sql"), &[block], &args), read)
}

pub(crate) fn decide(
    tx: &mut Tx<'_>,
    it: &Matter,
    outcome: &str,
    words: &str,
) -> std::result::Result<(), Problem> {
    let args = [
        tenant(it.id.into()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        outcome.into(),
        words.into(),
        tx.ctx.now.into(),
    ];
    tx.save_version(include_str!("sql/decide.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<Matter> {
    let decided: Option<Timestamp> = row.maybe_time("decided_at")?;
    Ok(Matter {
        id: row.int("id")?.into(),
        ticket: row.int("ticket")?.into(),
        meeting: Meeting::from_code(&row.text("meeting")?),
        put_at: row.time("put_at")?,
        outcome: decided.zip(Some(row.text("words")?)).map(|(at, words)| (words, at)),
        version: row.int("version")?,
    })
}
