//! Every statement about preparations; rows to nouns and back. Names are sealed here and nowhere else.

use ::store::{Listing, Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::{Problem, Scope, Tenant};

use super::types::{Founding, FoundingId, Group, Kind, Stage};

fn sealed(vault: &Vault, group: &Group) -> std::result::Result<String, Problem> {
    let text = serde_json::to_string(group).map_err(StoreError::from)?;
    Ok(vault.seal(&text).map_err(Problem::Broken)?.0)
}

pub(crate) fn add(tx: &mut Tx<'_>, vault: &Vault, it: &Founding) -> std::result::Result<(), Problem> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.kind.code().into(),
        it.applied_on.into(),
        it.ground.clone().into(),
        sealed(vault, &it.group)?.into(),
    ];
    Ok(tx.put(include_str!("sql/add.sql"), &args)?)
}

pub(crate) fn load(tx: &mut Tx<'_>, vault: &Vault, id: FoundingId) -> Result<Founding> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/load.sql"), &[tenant.into(), i64::from(id).into()], |it| read(it, vault))
}

/// The newest twenty of a community.
pub(crate) fn of_community(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Vec<Founding>> {
    tx.all(include_str!("sql/of_community.sql"), &[community.into()], |it| read(it, vault))
}

/// Those of a stage within a scope, the oldest first.
pub(crate) fn of_stage(
    tx: &mut Tx<'_>,
    vault: &Vault,
    scope: &Scope,
    stage: &str,
    limit: i64,
) -> Result<Vec<Founding>> {
    let (block, number) = scope.equality();
    let args = [number.into(), stage.into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/of_stage.sql"), &[block], &args), |it| read(it, vault))
}

pub(crate) fn save(tx: &mut Tx<'_>, vault: &Vault, it: &Founding) -> std::result::Result<(), Problem> {
    let (mut posted, mut formed, mut decision, mut ended, mut reason) = (None, None, None, None, "");
    match &it.stage {
        Stage::Applied => {}
        Stage::Posted { on } => posted = Some(*on),
        Stage::Formed { on } => formed = Some(*on),
        Stage::Done { on, formed_on, decision: by } => {
            (ended, formed, decision) = (Some(*on), Some(*formed_on), Some(i64::from(*by)));
        }
        Stage::Ended { on, reason: why } => (ended, reason) = (Some(*on), why.as_str()),
    }
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.stage.code().into(),
        sealed(vault, &it.group)?.into(),
        posted.into(),
        formed.into(),
        serde_json::to_string(&it.tasks).map_err(StoreError::from)?.into(),
        decision.into(),
        ended.into(),
        reason.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Founding> {
    let day = |column: &str| row.maybe_date(column)?.ok_or(StoreError::Missing);
    let stage = match row.text("stage")?.as_str() {
        "applied" => Stage::Applied,
        "posted" => Stage::Posted { on: day("posted_on")? },
        "formed" => Stage::Formed { on: day("formed_on")? },
        "done" => Stage::Done {
            on: day("ended_on")?,
            formed_on: day("formed_on")?,
            decision: row.maybe_int("decision")?.ok_or(StoreError::Missing)?.into(),
        },
        _ => Stage::Ended { on: day("ended_on")?, reason: row.text("reason")? },
    };
    let group = vault.open_sealed(&Sealed(row.text("sealed")?)).map_err(StoreError::Broken)?;
    Ok(Founding {
        id: row.int("id")?.into(),
        place: row.place()?,
        kind: Kind::from_code(&row.text("kind")?).ok_or(StoreError::Missing)?,
        applied_on: day("applied_on")?,
        ground: row.text("ground")?,
        stage,
        group: serde_json::from_str(&group)?,
        tasks: serde_json::from_str(&row.text("tasks")?)?,
        version: row.int("version")?,
    })
}
