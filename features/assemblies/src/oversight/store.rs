//! Every statement about the register; rows to nouns and back. Names, and what is said of them, are sealed here and nowhere else.

use ::store::{Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::Problem;

use super::types::{Entry, Kind};
use crate::committees::{tenant, types::CommitteeId};

pub(crate) fn next(tx: &mut Tx<'_>, id: CommitteeId) -> Result<i64> {
    tx.one(include_str!("sql/next.sql"), &[tenant(id).into(), i64::from(id).into()], |it| it.int("n"))
}

pub(crate) fn add(tx: &mut Tx<'_>, vault: &Vault, it: &Entry) -> std::result::Result<(), Problem> {
    let args = [
        tenant(it.committee).into(),
        i64::from(it.committee).into(),
        it.n.into(),
        it.kind.code().into(),
        it.class.clone().into(),
        vault.seal(&it.name).map_err(Problem::Broken)?.0.into(),
        vault.seal(&it.words).map_err(Problem::Broken)?.0.into(),
        it.document.clone().into(),
        it.begun_on.into(),
        it.due_on.into(),
    ];
    Ok(tx.put(include_str!("sql/add.sql"), &args)?)
}

/// The newest two hundred.
pub(crate) fn of_committee(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<Vec<Entry>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/of_committee.sql"), &args, |it| read(it, vault))
}

pub(crate) fn close(tx: &mut Tx<'_>, vault: &Vault, it: &Entry) -> std::result::Result<(), Problem> {
    let (on, result) = it.closed.clone().unzip();
    let args = [
        tenant(it.committee).into(),
        i64::from(it.committee).into(),
        it.n.into(),
        it.version.into(),
        on.into(),
        vault.seal(&result.unwrap_or_default()).map_err(Problem::Broken)?.0.into(),
    ];
    tx.save_version(include_str!("sql/close.sql"), &args)
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Entry> {
    let opened = |column: &str| vault.open_sealed(&Sealed(row.text(column)?)).map_err(StoreError::Broken);
    let closed =
        row.maybe_date("closed_on")?.map(|on| Ok::<_, StoreError>((on, opened("result")?))).transpose()?;
    Ok(Entry {
        committee: row.int("committee")?.into(),
        n: row.int("n")?,
        kind: Kind::from_code(&row.text("kind")?).ok_or(StoreError::Missing)?,
        class: row.text("class")?,
        name: opened("name")?,
        words: opened("words")?,
        document: row.text("document")?,
        begun_on: row.maybe_date("begun_on")?.ok_or(StoreError::Missing)?,
        due_on: row.maybe_date("due_on")?,
        closed,
        version: row.int("version")?,
    })
}
