//! Every statement about moves; rows to nouns and back.

use ::store::{Result, Row, Tx, Value};
use kernel::Tenant;

use super::types::{Move, MoveId};
use crate::communities::CommunityId;

pub(crate) fn tenant(id: i64) -> i64 {
    i64::from(Tenant::of_id(id).number())
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Move) -> Result<()> {
    let args = [
        tenant(it.community.into()).into(),
        i64::from(it.id).into(),
        i64::from(it.community).into(),
        it.from_subdistrict.into(),
        it.from_neighborhood.into(),
        it.subdistrict.into(),
        it.neighborhood.into(),
        it.document.clone().into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// Whether a community's rows are still following it.
pub(crate) fn is_waiting(tx: &mut Tx<'_>, community: CommunityId) -> Result<bool> {
    let args = [tenant(community.into()).into(), i64::from(community).into()];
    Ok(tx.maybe(include_str!("sql/waiting_of.sql"), &args, |_| Ok(()))?.is_some())
}

/// Moves whose rows are still following, the oldest first.
pub(crate) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Move>> {
    tx.all(include_str!("sql/waiting.sql"), &[], read)
}

pub(crate) fn finish(tx: &mut Tx<'_>, it: &Move) -> Result<()> {
    let args = [tenant(it.id.into()).into(), i64::from(it.id).into(), tx.ctx.now.into()];
    tx.change_one(include_str!("sql/finish.sql"), &args)
}

/// Lets some rows of one table follow; how many did.
pub(crate) fn follow(tx: &mut Tx<'_>, statement: &str, it: &Move, most: i64) -> Result<u64> {
    let all: [Value; 7] = [
        tenant(it.community.into()).into(),
        i64::from(it.community).into(),
        it.subdistrict.into(),
        it.neighborhood.into(),
        most.into(),
        it.from_subdistrict.into(),
        it.from_neighborhood.into(),
    ];
    let asked = (1..=all.len()).rev().find(|n| statement.contains(&format!("${n}"))).unwrap_or(0);
    tx.change(statement, &all[..asked])
}

fn read(row: &Row<'_>) -> Result<Move> {
    Ok(Move {
        id: MoveId::from(row.int("id")?),
        community: row.int("community")?.into(),
        from_subdistrict: row.int("from_subdistrict")?,
        from_neighborhood: row.int("from_neighborhood")?,
        subdistrict: row.int("subdistrict")?,
        neighborhood: row.int("neighborhood")?,
        document: row.text("document")?,
    })
}
