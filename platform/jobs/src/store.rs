//! Every statement about messages; rows to nouns and back.

use ::store::{Result, Row, Tx};
use jiff::Timestamp;
use kernel::Tenant;

use crate::outbox::{Message, State};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Message) -> Result<()> {
    let args = [
        it.tenant.into(),
        it.id.into(),
        it.kind.clone().into(),
        it.destination.into(),
        it.subject.into(),
        it.body.clone().into(),
        it.created_at.into(),
    ];
    tx.put(include_str!("sql/put.sql"), &args)
}

/// The next county that has a message waiting.
pub(crate) fn next_tenant(tx: &mut Tx<'_>, after: i64) -> Result<Option<i64>> {
    tx.one(include_str!("sql/next_tenant.sql"), &[after.into()], |it| it.maybe_int("tenant"))
}

/// A county's messages that are due, the longest waiting first.
pub(crate) fn due(tx: &mut Tx<'_>, tenant: i64, limit: i64) -> Result<Vec<Message>> {
    let args = [tenant.into(), tx.ctx.now.into(), limit.into()];
    tx.all(include_str!("sql/due.sql"), &args, read)
}

/// Takes a message to be sent until `lease`; false when somebody else has it.
pub(crate) fn claim(tx: &mut Tx<'_>, it: &Message, lease: Timestamp) -> Result<bool> {
    let args = [it.tenant.into(), it.id.into(), it.due_at.into(), lease.into()];
    Ok(tx.change(include_str!("sql/claim.sql"), &args)? == 1)
}

/// Tried again at `at`, unless somebody else has taken it since.
pub(crate) fn put_off(tx: &mut Tx<'_>, it: &Message, at: Timestamp, said: &str) -> Result<()> {
    let args = [it.tenant.into(), it.id.into(), it.due_at.into(), at.into(), said.into()];
    tx.change(include_str!("sql/put_off.sql"), &args).map(|_| ())
}

pub(crate) fn finish(tx: &mut Tx<'_>, it: &Message, state: State, said: &str) -> Result<()> {
    let args = [
        it.tenant.into(),
        it.id.into(),
        it.due_at.into(),
        state.code().into(),
        said.into(),
        tx.ctx.now.into(),
    ];
    tx.change(include_str!("sql/finish.sql"), &args).map(|_| ())
}

/// Forgets what was through before a moment.
///
/// # Errors
/// When the store refuses.
pub fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.change(include_str!("sql/forget.sql"), &[before.into()])
}

/// Takes what waits of a kind for sent: for a demonstration, whose past went to nobody.
///
/// # Errors
/// When the store refuses.
pub fn settle(tx: &mut Tx<'_>, kind: &str, said: &str) -> Result<u64> {
    tx.change(include_str!("sql/settle.sql"), &[kind.into(), said.into()])
}

/// What was sent about a thing, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn of_subject(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<Message>> {
    let tenant = i64::from(Tenant::of_id(subject).number());
    tx.all(include_str!("sql/of_subject.sql"), &[tenant.into(), subject.into()], read)
}

/// The newest that went to a destination.
///
/// # Errors
/// When the store refuses.
pub fn of_destination(tx: &mut Tx<'_>, destination: i64, limit: i64) -> Result<Vec<Message>> {
    tx.all(include_str!("sql/of_destination.sql"), &[destination.into(), limit.into()], read)
}

fn read(row: &Row<'_>) -> Result<Message> {
    Ok(Message {
        tenant: row.int("tenant")?,
        id: row.int("id")?,
        kind: row.text("kind")?,
        destination: row.int("destination")?,
        subject: row.int("subject")?,
        body: row.text("body")?,
        state: State::from_code(&row.text("state")?),
        tries: row.int("tries")?,
        due_at: row.maybe_int("due_at")?.map(|_| row.time("due_at")).transpose()?,
        said: row.text("said")?,
        created_at: row.time("created_at")?,
    })
}
