//! Every statement about executions; rows to nouns and back.

use ::store::{Result, StoreError, Tx};
use jiff::civil::Date;
use kernel::Problem;

use super::types::Execution;
use crate::decisions::{DecisionId, store::tenant};

pub(crate) fn add(tx: &mut Tx<'_>, id: DecisionId, n: i64, what: &str, due_on: Date) -> Result<()> {
    let args = [tenant(id).into(), i64::from(id).into(), n.into(), what.into(), due_on.into()];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn of_decision(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Execution>> {
    tx.all(include_str!("sql/of_decision.sql"), &[tenant(id).into(), i64::from(id).into()], |row| {
        let words = row.text("words")?;
        Ok(Execution {
            n: row.int("n")?,
            what: row.text("what")?,
            due_on: row.maybe_date("due_on")?.ok_or(StoreError::Missing)?,
            done: row.maybe_date("done_on")?.map(|it| (it, words)),
            version: row.int("version")?,
        })
    })
}

pub(crate) fn finish(
    tx: &mut Tx<'_>,
    id: DecisionId,
    it: &Execution,
    done_on: Date,
    words: &str,
) -> std::result::Result<(), Problem> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.n.into(),
        it.version.into(),
        done_on.into(),
        words.into(),
    ];
    tx.save_version(include_str!("sql/finish.sql"), &args)
}
