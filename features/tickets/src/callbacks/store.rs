//! Every statement about addresses to answer at; rows to nouns and back.

use ::store::{Result, Row, Tx};
use kernel::{Problem, Tenant};

use super::types::{Callback, CallbackId, Listener, Stage};
use crate::{cases::types::TicketId, systems::types::SystemId};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Callback) -> Result<()> {
    let args = [
        i64::from(it.id).into(),
        i64::from(it.system).into(),
        it.url.clone().into(),
        i64::from(it.is_inside).into(),
        it.proposed_by.into(),
        it.proposed_at.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: CallbackId) -> Result<Callback> {
    tx.one(include_str!("sql/load.sql"), &[i64::from(id).into()], read)
}

/// The newest, ended ones too.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<Callback>> {
    tx.all(include_str!("sql/all.sql"), &[], read)
}

/// The one of a system that has not ended.
pub(crate) fn of_system(tx: &mut Tx<'_>, system: SystemId) -> Result<Option<Callback>> {
    tx.maybe(include_str!("sql/of_system.sql"), &[i64::from(system).into()], read)
}

/// Its stage; listed, by whom.
pub(crate) fn save(tx: &mut Tx<'_>, it: &Callback) -> std::result::Result<(), Problem> {
    let listed = (it.stage == Stage::Listed).then_some(());
    let args = [
        i64::from(it.id).into(),
        it.version.into(),
        it.stage.code().into(),
        listed.map(|()| i64::from(tx.ctx.actor.user)).into(),
        listed.map(|()| tx.ctx.now).into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// Who sent a case, or one that was merged into it through however many merges, and wants to hear of it.
pub(crate) fn listeners(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Listener>> {
    let tenant = i64::from(Tenant::of_id(ticket.into()).number());
    tx.all(include_str!("sql/listeners.sql"), &[tenant.into(), i64::from(ticket).into()], |it| {
        Ok(Listener { callback: it.int("id")?.into(), outside: it.text("outside")? })
    })
}

fn read(row: &Row<'_>) -> Result<Callback> {
    Ok(Callback {
        id: row.int("id")?.into(),
        system: row.int("system")?.into(),
        url: row.text("url")?,
        is_inside: row.int("is_inside")? == 1,
        stage: Stage::from_code(&row.text("stage")?),
        proposed_by: row.int("proposed_by")?,
        proposed_at: row.time("proposed_at")?,
        listed: row.maybe_int("listed_by")?.zip(row.maybe_time("listed_at")?),
        version: row.int("version")?,
    })
}
