//! Every statement about owners' lists; rows to nouns and back.

use ::store::{Result, Tx};
use app::Sealed;
use kernel::UserId;

use crate::cases::{store::tenant_of, types::TicketId};

pub(crate) fn keep(tx: &mut Tx<'_>, person: UserId, ticket: TicketId, code: &Sealed) -> Result<()> {
    let now = tx.ctx.now;
    let args = [
        tenant_of(ticket).into(),
        i64::from(person).into(),
        i64::from(ticket).into(),
        code.0.clone().into(),
        now.into(),
    ];
    tx.put(include_str!("sql/keep.sql"), &args)
}

pub(crate) fn is_kept(tx: &mut Tx<'_>, person: UserId, ticket: TicketId) -> Result<bool> {
    let args = [tenant_of(ticket).into(), i64::from(person).into(), i64::from(ticket).into()];
    Ok(tx.maybe(include_str!("sql/kept.sql"), &args, |_| Ok(()))?.is_some())
}

/// The codes somebody keeps, the newest first.
pub(crate) fn of_person(tx: &mut Tx<'_>, person: UserId, limit: i64) -> Result<Vec<Sealed>> {
    let args = [i64::from(person).into(), limit.into()];
    tx.all(include_str!("sql/of_person.sql"), &args, |it| Ok(Sealed(it.text("code")?)))
}
