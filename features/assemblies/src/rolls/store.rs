//! Every statement about rolls; rows to nouns and back. Names and phones are sealed here and nowhere else.

use ::store::{Result, Row, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::{Area, Place, Problem, Tenant};

use super::types::{self, AreaSource, Contact, Holder, Roll, RollId, Stage, Unit};

fn tenant(id: RollId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Roll) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.n.into(),
        it.units.into(),
        it.area.0.into(),
        it.heads.into(),
        it.digest.clone().into(),
        it.proposed_on.into(),
        i64::from(it.proposed_by).into(),
        it.days.into(),
        it.next_step.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// Versions a street has to answer for and confirm, those first that may be confirmed first.
pub(crate) fn proposed_in(tx: &mut Tx<'_>, subdistrict: i64) -> Result<Vec<Roll>> {
    tx.all(include_str!("sql/proposed.sql"), &[subdistrict.into()], read)
}

pub(crate) fn add_units(
    tx: &mut Tx<'_>,
    vault: &Vault,
    roll: RollId,
    units: &[Unit],
) -> std::result::Result<(), Problem> {
    for (n, it) in units.iter().enumerate() {
        let contact = serde_json::to_string(&it.contact).map_err(StoreError::from)?;
        let args = [
            tenant(roll).into(),
            i64::from(roll).into(),
            it.unit.clone().into(),
            (n as i64).into(),
            it.building.clone().into(),
            it.entrance.clone().into(),
            it.kind.clone().into(),
            it.holder.code().into(),
            it.area.0.into(),
            it.area_source.code().into(),
            it.owners.join(";").into(),
            vault.seal(&contact).map_err(Problem::Broken)?.0.into(),
            types::door(&it.unit).into(),
        ];
        tx.put(include_str!("sql/add_unit.sql"), &args)?;
    }
    Ok(())
}

/// A version cut from another: frozen on the day the other was, numbered on. Its units are the other's, numbered from 1 again.
pub(crate) fn add_cut(tx: &mut Tx<'_>, whole: &Roll, it: &Roll, words: &str, units: &[Unit]) -> Result<()> {
    let args = [
        tenant(whole.id).into(),
        i64::from(whole.id).into(),
        i64::from(it.id).into(),
        it.n.into(),
        it.units.into(),
        it.area.0.into(),
        it.heads.into(),
        it.digest.clone().into(),
        words.into(),
    ];
    tx.change_one(include_str!("sql/add_cut.sql"), &args)?;
    for (n, unit) in units.iter().enumerate() {
        let (from, to) = (i64::from(whole.id), i64::from(it.id));
        let args =
            [tenant(it.id).into(), from.into(), to.into(), unit.unit.clone().into(), (n as i64).into()];
        tx.change_one(include_str!("sql/cut_unit.sql"), &args)?;
    }
    Ok(())
}

pub(crate) fn load(tx: &mut Tx<'_>, id: RollId) -> Result<Roll> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id).into(), i64::from(id).into()], read)
}

/// The newest fifty versions of a community's roll.
pub(crate) fn of_community(tx: &mut Tx<'_>, community: i64) -> Result<Vec<Roll>> {
    tx.all(include_str!("sql/of_community.sql"), &[community.into()], read)
}

pub(crate) fn next(tx: &mut Tx<'_>, place: &Place) -> Result<i64> {
    tx.one(include_str!("sql/next.sql"), &[place.tenant.into(), place.community.into()], |it| it.int("n"))
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Roll) -> std::result::Result<(), Problem> {
    let (frozen_on, reason) = match &it.stage {
        Stage::Draft | Stage::Proposed => (None, ""),
        Stage::Frozen { on } => (Some(*on), ""),
        Stage::Withdrawn { reason } => (None, reason.as_str()),
    };
    let args = [
        tenant(it.id).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.stage.code().into(),
        frozen_on.into(),
        reason.into(),
        it.proposed_on.into(),
        it.next_step.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// Every unit in the sheet's order; names stay sealed unless the vault is given.
pub(crate) fn units(tx: &mut Tx<'_>, vault: Option<&Vault>, roll: RollId) -> Result<Vec<Unit>> {
    tx.all(include_str!("sql/units.sql"), &[tenant(roll).into(), i64::from(roll).into()], |it| {
        read_unit(it, vault)
    })
}

/// The units of one building.
pub(crate) fn units_of_building(
    tx: &mut Tx<'_>,
    vault: Option<&Vault>,
    roll: RollId,
    building: &str,
) -> Result<Vec<Unit>> {
    let args = [tenant(roll).into(), i64::from(roll).into(), building.into()];
    tx.all(include_str!("sql/units_of_building.sql"), &args, |it| read_unit(it, vault))
}

pub(crate) fn unit(tx: &mut Tx<'_>, vault: &Vault, roll: RollId, unit: &str) -> Result<Unit> {
    let args = [tenant(roll).into(), i64::from(roll).into(), unit.into()];
    tx.one(include_str!("sql/unit.sql"), &args, |it| read_unit(it, Some(vault)))
}

/// The place of a unit in the roll, counted from 1: the number its ballot paper is printed with.
pub(crate) fn number_of(tx: &mut Tx<'_>, roll: RollId, unit: &str) -> Result<i64> {
    let args = [tenant(roll).into(), i64::from(roll).into(), unit.into()];
    tx.one(include_str!("sql/unit.sql"), &args, |it| Ok(it.int("n")? + 1))
}

/// The unit a door's name stands for. In a part of a roll it is the one the whole roll means: a door of another part with the same
/// numbers is nobody's here.
pub(crate) fn unit_of_door(tx: &mut Tx<'_>, roll: RollId, name: &str) -> Result<Option<Unit>> {
    let Some((whole, _)) = load(tx, roll)?.cut else { return named(tx, roll, name) };
    let Some(meant) = named(tx, whole, name)? else { return Ok(None) };
    let args = [tenant(roll).into(), i64::from(roll).into(), meant.unit.into()];
    tx.maybe(include_str!("sql/unit.sql"), &args, |it| read_unit(it, None))
}

/// Written alike, or the only one of the roll with these numbers.
fn named(tx: &mut Tx<'_>, roll: RollId, name: &str) -> Result<Option<Unit>> {
    let (tenant, roll) = (tenant(roll), i64::from(roll));
    let alike = [tenant.into(), roll.into(), name.into()];
    if let Some(it) = tx.maybe(include_str!("sql/unit.sql"), &alike, |it| read_unit(it, None))? {
        return Ok(Some(it));
    }
    let door = types::door(name);
    if door.is_empty() {
        return Ok(None);
    }
    let args = [tenant.into(), roll.into(), door.into()];
    let mut found = tx.all(include_str!("sql/units_of_door.sql"), &args, |it| read_unit(it, None))?;
    Ok(found.pop().filter(|_| found.is_empty()))
}

/// Every unit of the same owners; the developer's are all of one. The statement orders by `n + 0`: by `n` alone SQLite would take the index
/// that is in that order already, and read the whole roll for one owner.
pub(crate) fn units_of_owners(tx: &mut Tx<'_>, roll: RollId, own: &Unit) -> Result<Vec<Unit>> {
    let (tenant, roll) = (tenant(roll), i64::from(roll));
    if own.holder == Holder::Developer {
        let args = [tenant.into(), roll.into()];
        return tx.all(include_str!("sql/developers_units.sql"), &args, |it| read_unit(it, None));
    }
    let args = [tenant.into(), roll.into(), own.owners.join(";").into()];
    let units = tx.all(include_str!("sql/units_of_owners.sql"), &args, |it| read_unit(it, None))?;
    Ok(units.into_iter().filter(|it| it.holder == Holder::Owner).collect())
}

fn read(row: &Row<'_>) -> Result<Roll> {
    let day = |it: Option<jiff::civil::Date>| it.ok_or(StoreError::Missing);
    let stage = match (row.text("stage")?.as_str(), row.maybe_date("frozen_on")?) {
        ("withdrawn", _) => Stage::Withdrawn { reason: row.text("reason")? },
        ("draft", _) => Stage::Draft,
        (_, Some(on)) => Stage::Frozen { on },
        (_, None) => Stage::Proposed,
    };
    let place = Place {
        city: row.int("city")?,
        tenant: row.int("tenant")?,
        subdistrict: row.int("subdistrict")?,
        neighborhood: row.int("neighborhood")?,
        community: row.int("community")?,
        enterprise: row.int("enterprise")?,
    };
    Ok(Roll {
        id: row.int("id")?.into(),
        place,
        n: row.int("n")?,
        stage,
        units: row.int("units")?,
        area: Area(row.int("area")?),
        heads: row.int("heads")?,
        digest: row.text("digest")?,
        proposed_on: day(row.maybe_date("proposed_on")?)?,
        proposed_by: row.int("proposed_by")?.into(),
        days: row.int("days")?,
        next_step: day(row.maybe_date("next_step")?)?,
        cut: row.maybe_int("cut_from")?.map(RollId::from).zip(row.maybe_text("cut_to")?),
        version: row.int("version")?,
    })
}

fn read_unit(row: &Row<'_>, vault: Option<&Vault>) -> Result<Unit> {
    let contact = match vault {
        None => Contact::default(),
        Some(vault) => {
            let text = vault.open_sealed(&Sealed(row.text("contact")?)).map_err(StoreError::Broken)?;
            serde_json::from_str(&text)?
        }
    };
    Ok(Unit {
        unit: row.text("unit")?,
        building: row.text("building")?,
        entrance: row.text("entrance")?,
        kind: row.text("kind")?,
        holder: Holder::from_code(&row.text("holder")?),
        area: Area(row.int("area")?),
        area_source: AreaSource::from_code(&row.text("area_source")?),
        owners: row.text("owners")?.split(';').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        contact,
    })
}
