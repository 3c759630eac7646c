//! Every statement about mandates; rows to nouns and back. Names are sealed here and nowhere else.

use ::store::{Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::Problem;

use super::types::{Ended, Kind, Mandate, MandateId};
use crate::decisions::{DecisionId, store::tenant};

pub(crate) fn add(
    tx: &mut Tx<'_>,
    vault: &Vault,
    it: &Mandate,
    digest: &str,
) -> std::result::Result<(), Problem> {
    let args = [
        tenant(it.decision).into(),
        i64::from(it.id).into(),
        i64::from(it.decision).into(),
        it.unit.clone().into(),
        it.kind.code().into(),
        it.person.clone().into(),
        vault.seal(&it.name).map_err(Problem::Broken)?.0.into(),
        serde_json::to_string(&it.items).map_err(StoreError::from)?.into(),
        it.document.clone().into(),
        it.until.into(),
        digest.into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    Ok(tx.put(include_str!("sql/add.sql"), &args)?)
}

pub(crate) fn end(tx: &mut Tx<'_>, it: &Mandate, reason: &str) -> std::result::Result<(), Problem> {
    let args = [
        tenant(it.decision).into(),
        i64::from(it.id).into(),
        it.version.into(),
        tx.ctx.now.into(),
        reason.into(),
    ];
    tx.save_version(include_str!("sql/end.sql"), &args)
}

pub(crate) fn of_decision(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<Vec<Mandate>> {
    let args = [tenant(id).into(), i64::from(id).into()];
    tx.all(include_str!("sql/of_decision.sql"), &args, |it| read(it, vault))
}

/// The one that stands for a unit now.
pub(crate) fn standing(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    unit: &str,
) -> Result<Option<Mandate>> {
    let args = [tenant(id).into(), i64::from(id).into(), unit.into()];
    tx.maybe(include_str!("sql/standing.sql"), &args, |it| read(it, vault))
}

/// The one a code opens, while it stands.
pub(crate) fn of_code(tx: &mut Tx<'_>, vault: &Vault, digest: &str) -> Result<Option<Mandate>> {
    tx.maybe(include_str!("sql/of_code.sql"), &[digest.into()], |it| read(it, vault))
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Mandate> {
    let ended = row.maybe_time("ended_at")?;
    let reason = row.text("reason")?;
    let id: MandateId = row.int("id")?.into();
    Ok(Mandate {
        id,
        decision: row.int("decision")?.into(),
        unit: row.text("unit")?,
        kind: Kind::from_code(&row.text("kind")?).ok_or(StoreError::Missing)?,
        person: row.text("person")?,
        name: vault.open_sealed(&Sealed(row.text("name")?)).map_err(StoreError::Broken)?,
        items: serde_json::from_str(&row.text("items")?)?,
        document: row.text("document")?,
        until: row.maybe_date("until")?.ok_or(StoreError::Missing)?,
        ended: ended.map(|at| Ended { at, reason }),
        version: row.int("version")?,
    })
}
