//! Every statement about batches; rows to nouns and back.

use ::store::{Result, StoreError, Tx};

use super::types::{Batch, BatchId, Verb};

pub(crate) fn add(tx: &mut Tx<'_>, it: &Batch) -> Result<()> {
    let args = [
        i64::from(it.id).into(),
        i64::from(it.person).into(),
        it.verb.code().into(),
        it.words.clone().into(),
        it.done_at.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)?;
    for (ticket, version) in &it.items {
        let args = [i64::from(it.id).into(), i64::from(*ticket).into(), (*version).into()];
        tx.put(include_str!("sql/add_item.sql"), &args)?;
    }
    Ok(())
}

pub(crate) fn load(tx: &mut Tx<'_>, id: BatchId) -> Result<Batch> {
    let items = tx.all(include_str!("sql/items.sql"), &[i64::from(id).into()], |it| {
        Ok((it.int("ticket")?.into(), it.int("version")?))
    })?;
    tx.one(include_str!("sql/load.sql"), &[i64::from(id).into()], |it| {
        Ok(Batch {
            id: it.int("id")?.into(),
            person: it.int("person")?.into(),
            verb: Verb::from_code(&it.text("verb")?).ok_or(StoreError::Missing)?,
            words: it.text("words")?,
            done_at: it.time("done_at")?,
            undone_at: it.maybe_time("undone_at")?,
            items: items.clone(),
        })
    })
}

pub(crate) fn undo(tx: &mut Tx<'_>, id: BatchId) -> Result<()> {
    tx.change_one(include_str!("sql/undo.sql"), &[i64::from(id).into(), tx.ctx.now.into()])
}
