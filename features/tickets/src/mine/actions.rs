//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::Problem;

use super::{events::Kept, policy, store};
use crate::{cases::types::TicketId, reporting};

/// 收进我的诉求 — by the code; what is in the list already stays there once, by its reporter's code rather than a follower's.
pub(crate) fn keep(tx: &mut Tx<'_>, vault: &Vault, code: &str) -> Result<((), Recorded), Problem> {
    let permit = policy::may_keep(&tx.ctx.actor)?;
    let (ticket, follows, code) = reporting::meant(tx, vault, code)?;
    if !follows || !store::is_kept(tx, tx.ctx.actor.user, ticket)? {
        put(tx, vault, ticket, &code)?;
    }
    Ok(((), tx.record(permit, &Kept { ticket })?))
}

/// The same within the unit that files the case. Nothing for whoever has no list.
pub(crate) fn put(tx: &mut Tx<'_>, vault: &Vault, ticket: TicketId, code: &str) -> Result<(), Problem> {
    let person = tx.ctx.actor.user;
    if policy::may_keep(&tx.ctx.actor).is_err() {
        return Ok(());
    }
    let sealed = vault.seal(code).map_err(Problem::Broken)?;
    Ok(store::keep(tx, person, ticket, &sealed)?)
}
