//! Every statement about systems and their numbers; rows to nouns and back.

use ::store::{Result, Row, Tx};
use kernel::Problem;

use super::types::{System, SystemId};
use crate::cases::types::{Channel, TicketId};

pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<System>> {
    tx.all(include_str!("sql/all.sql"), &[], read)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: SystemId) -> Result<System> {
    tx.one(include_str!("sql/load.sql"), &[i64::from(id).into()], read)
}

pub(crate) fn of_key(tx: &mut Tx<'_>, digest: &str) -> Result<Option<System>> {
    tx.maybe(include_str!("sql/of_key.sql"), &[digest.into()], read)
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &System, digest: &str) -> Result<()> {
    let args = [
        i64::from(it.id).into(),
        it.name.clone().into(),
        it.channel.code().into(),
        digest.into(),
        it.secret.clone().into(),
        i64::from(tx.ctx.actor.user).into(),
        it.created_at.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn end(tx: &mut Tx<'_>, it: &System) -> std::result::Result<(), Problem> {
    let args = [i64::from(it.id).into(), it.version.into(), tx.ctx.now.into()];
    tx.save_version(include_str!("sql/end.sql"), &args)
}

/// The case a system calls by this number.
pub(crate) fn known(
    tx: &mut Tx<'_>,
    tenant: i64,
    system: SystemId,
    outside: &str,
) -> Result<Option<TicketId>> {
    let args = [tenant.into(), i64::from(system).into(), outside.into()];
    tx.maybe(include_str!("sql/known.sql"), &args, |it| Ok(it.int("ticket")?.into()))
}

/// What systems call a case: 六安12345 LA-2024-7.
pub(crate) fn called(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<String>> {
    let tenant = i64::from(kernel::Tenant::of_id(ticket.into()).number());
    tx.all(include_str!("sql/called.sql"), &[tenant.into(), i64::from(ticket).into()], |it| {
        Ok(format!("{} {}", it.text("name")?, it.text("outside")?))
    })
}

pub(crate) fn know(
    tx: &mut Tx<'_>,
    tenant: i64,
    system: SystemId,
    outside: &str,
    ticket: TicketId,
) -> Result<()> {
    let args = [tenant.into(), i64::from(system).into(), outside.into(), i64::from(ticket).into()];
    tx.put(include_str!("sql/know.sql"), &args)
}

fn read(row: &Row<'_>) -> Result<System> {
    Ok(System {
        id: row.int("id")?.into(),
        name: row.text("name")?,
        channel: Channel::from_code(&row.text("channel")?).unwrap_or(Channel::Platform),
        secret: row.text("secret")?,
        created_at: row.time("created_at")?,
        ended: row.maybe_int("ended_at")?.is_some(),
        version: row.int("version")?,
    })
}
