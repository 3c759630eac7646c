//! Every statement about what cases became.

use std::collections::BTreeMap;

use ::store::{Result, Tx};
use jiff::civil::Date;
use kernel::Tenant;

use crate::cases::types::TicketId;

pub(crate) fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<i64>> {
    let tenant = i64::from(Tenant::of_id(ticket.into()).number());
    let args = [tenant.into(), i64::from(ticket).into()];
    tx.maybe(include_str!("sql/of_ticket.sql"), &args, |it| it.int("record"))
}

pub(crate) fn add(tx: &mut Tx<'_>, ticket: TicketId, record: i64) -> Result<()> {
    let tenant = i64::from(Tenant::of_id(ticket.into()).number());
    tx.put(include_str!("sql/add.sql"), &[tenant.into(), i64::from(ticket).into(), record.into()])
}

/// Complaints filed after one day and up to another, by community: none that were not ours, taken back or told twice.
pub(crate) fn complaints(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    (after, until): (Date, Date),
) -> Result<BTreeMap<i64, i64>> {
    let args = [i64::from(tenant.number()).into(), after.into(), until.into()];
    let found =
        tx.all(include_str!("sql/complaints.sql"), &args, |it| Ok((it.int("community")?, it.int("n")?)))?;
    Ok(found.into_iter().collect())
}
