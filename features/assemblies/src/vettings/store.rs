//! Every statement about candidates and opinions; rows to nouns and back. Names are sealed here and nowhere else.

use ::store::{Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::{Problem, Tenant};

use super::types::{Candidate, CandidateId, Nominator, Opinion, Stage};
use crate::committees::types::Origin;

fn tenant(id: CandidateId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}

pub(crate) fn add(tx: &mut Tx<'_>, vault: &Vault, it: &Candidate) -> std::result::Result<(), Problem> {
    let origin = Origin::ALL.iter().find(|known| known.0 == it.origin).map_or("owner", |it| it.1);
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        vault.seal(&it.name).map_err(Problem::Broken)?.0.into(),
        i64::from(it.party).into(),
        origin.into(),
        it.nominated_by.code().into(),
        it.opened_on.into(),
        it.due_on.into(),
        it.born.into(),
        it.checklist.into(),
    ];
    Ok(tx.put(include_str!("sql/add.sql"), &args)?)
}

pub(crate) fn load(tx: &mut Tx<'_>, vault: &Vault, id: CandidateId) -> Result<Candidate> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id).into(), i64::from(id).into()], |it| read(it, vault))
}

/// The newest two hundred of a community.
pub(crate) fn of_community(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Vec<Candidate>> {
    tx.all(include_str!("sql/of_community.sql"), &[community.into()], |it| read(it, vault))
}

pub(crate) fn conclude(tx: &mut Tx<'_>, it: &Candidate) -> std::result::Result<(), Problem> {
    let on = match it.stage {
        Stage::Open => None,
        Stage::Passed(on) | Stage::Refused(on) => Some(on),
    };
    let args =
        [tenant(it.id).into(), i64::from(it.id).into(), it.version.into(), it.stage.code().into(), on.into()];
    tx.save_version(include_str!("sql/conclude.sql"), &args)
}

pub(crate) fn add_opinion(tx: &mut Tx<'_>, id: CandidateId, it: &Opinion) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.body.clone().into(),
        if it.fails.is_some() { "fail" } else { "pass" }.into(),
        it.fails.clone().unwrap_or_default().into(),
        it.document.clone().into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.put(include_str!("sql/add_opinion.sql"), &args)
}

pub(crate) fn opinions(tx: &mut Tx<'_>, id: CandidateId) -> Result<Vec<Opinion>> {
    tx.all(include_str!("sql/opinions.sql"), &[tenant(id).into(), i64::from(id).into()], |row| {
        Ok(Opinion {
            body: row.text("body")?,
            fails: Some(row.text("reason")?).filter(|it| !it.is_empty()),
            document: row.text("document")?,
        })
    })
}

fn read(row: &Row<'_>, vault: &Vault) -> Result<Candidate> {
    let (origin, nominated_by) = (row.text("origin")?, row.text("nominated_by")?);
    let concluded = row.maybe_date("concluded_on")?;
    let stage = match (row.text("stage")?.as_str(), concluded) {
        ("passed", Some(on)) => Stage::Passed(on),
        ("refused", Some(on)) => Stage::Refused(on),
        _ => Stage::Open,
    };
    let day = |column: &str| row.maybe_date(column)?.ok_or(StoreError::Missing);
    Ok(Candidate {
        id: row.int("id")?.into(),
        place: row.place()?,
        name: vault.open_sealed(&Sealed(row.text("name")?)).map_err(StoreError::Broken)?,
        party: row.int("party")? == 1,
        origin: Origin::ALL.iter().find(|it| it.1 == origin).map(|it| it.0).ok_or(StoreError::Missing)?,
        nominated_by: Nominator::ALL
            .iter()
            .find(|it| it.1 == nominated_by)
            .map(|it| it.0)
            .ok_or(StoreError::Missing)?,
        born: row.int("born")?,
        checklist: row.int("checklist")?,
        opened_on: day("opened_on")?,
        due_on: day("due_on")?,
        stage,
        version: row.int("version")?,
    })
}
