//! Every statement about systems and their numbers; rows to nouns and back.

use std::collections::BTreeMap;

use ::store::{Result, Row, Tx, Value};
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

const AT_ONCE: usize = 32;

/// What systems call these cases, by the cases' ids.
pub(crate) fn called_all(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<BTreeMap<i64, Vec<String>>> {
    let mut called = BTreeMap::<i64, Vec<String>>::new();
    let ids: Vec<i64> = tickets.iter().map(|it| i64::from(*it)).collect();
    let county = |id: &i64| kernel::Tenant::of_id(*id);
    for some in ids.chunk_by(|one, other| county(one) == county(other)).flat_map(|it| it.chunks(AT_ONCE)) {
        let tenant = some.first().map_or(0, |it| i64::from(county(it).number()));
        // The last one stands in every place that is left.
        let padded = (0..AT_ONCE).map(|n| some[n.min(some.len() - 1)].into());
        let args: Vec<Value> = std::iter::once(tenant.into()).chain(padded).collect();
        let found = tx.all(include_str!("sql/called_all.sql"), &args, |it| {
            Ok((it.int("ticket")?, format!("{} {}", it.text("name")?, it.text("outside")?)))
        })?;
        for (ticket, name) in found {
            called.entry(ticket).or_default().push(name);
        }
    }
    Ok(called)
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
