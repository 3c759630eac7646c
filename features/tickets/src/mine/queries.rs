//! What an owner's list shows.

use ::store::Tx;
use app::Vault;
use calendar::Calendar;
use kernel::Problem;

use super::{policy, store};
use crate::{
    cases::types::TicketId,
    reporting::{self, Brief},
};

/// More cases than this nobody keeps in mind; older ones are found by their codes.
const MOST: i64 = 100;

#[derive(Debug)]
pub(crate) struct MineView {
    pub(crate) code: String,
    pub(crate) brief: Brief,
}

pub(crate) fn mine(tx: &mut Tx<'_>, vault: &Vault, calendar: &Calendar) -> Result<Vec<MineView>, Problem> {
    let _may = policy::may_keep(&tx.ctx.actor)?;
    let mut views = vec![];
    for it in store::of_person(tx, tx.ctx.actor.user, MOST)? {
        let code = vault.open_sealed(&it).map_err(Problem::Broken)?;
        let (ticket, follows) = reporting::by_code(tx, vault, &code)?;
        views.push(MineView { code, brief: reporting::brief(tx, calendar, ticket, follows)? });
    }
    Ok(views)
}

/// Whether whoever looks has it in their list; nothing for whoever has none.
pub(crate) fn is_kept(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<bool>, Problem> {
    let actor = tx.ctx.actor.clone();
    match policy::may_keep(&actor) {
        Ok(_) => Ok(Some(store::is_kept(tx, actor.user, ticket)?)),
        Err(_) => Ok(None),
    }
}
