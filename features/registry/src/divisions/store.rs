//! Every statement about divisions; rows to nouns and back.

use std::collections::BTreeMap;

use ::store::{Result, Row, Tx};
use kernel::{Place, Problem, Tenant};

use super::types::{Division, DivisionId, Kind, Listed};

/// One division.
///
/// # Errors
/// No such division.
pub fn division(tx: &mut Tx<'_>, id: DivisionId) -> Result<Division> {
    tx.one(include_str!("sql/one.sql"), &[i64::from(id).into()], read)
}

/// Every city of the house.
///
/// # Errors
/// When the store refuses.
pub fn cities(tx: &mut Tx<'_>) -> Result<Vec<Division>> {
    tx.all(include_str!("sql/cities.sql"), &[], read)
}

/// The divisions of a kind in a city, by code.
///
/// # Errors
/// When the store refuses.
pub fn of_kind(tx: &mut Tx<'_>, city: i64, kind: Kind) -> Result<Vec<Division>> {
    tx.all(include_str!("sql/of_kind.sql"), &[city.into(), kind.code().into()], read)
}

/// The neighborhoods of a county with the subdistrict's name before theirs, for choosing one.
///
/// # Errors
/// When the store refuses.
pub fn neighborhoods(
    tx: &mut Tx<'_>,
    city: i64,
    tenant: Option<Tenant>,
) -> Result<Vec<(DivisionId, String)>> {
    let above: BTreeMap<DivisionId, String> =
        of_kind(tx, city, Kind::Subdistrict)?.into_iter().map(|it| (it.id, it.name)).collect();
    let all = of_kind(tx, city, Kind::Neighborhood)?;
    let here =
        all.into_iter().filter(|it| tenant.is_none_or(|tenant| it.tenant == tenant) && it.ended_on.is_none());
    let named = |it: Division| {
        let street = it.parent.and_then(|it| above.get(&it)).cloned().unwrap_or_default();
        (it.id, format!("{street} {}", it.name))
    };
    Ok(here.map(named).collect())
}

/// Where something in a neighborhood lies.
///
/// # Errors
/// `NotFound` when there is no such neighborhood.
pub fn place_of(tx: &mut Tx<'_>, neighborhood: DivisionId) -> std::result::Result<Place, Problem> {
    let it = division(tx, neighborhood)?;
    let parent = it.parent.filter(|_| it.kind == Kind::Neighborhood).ok_or(Problem::NotFound)?;
    Ok(Place {
        city: it.city,
        tenant: i64::from(it.tenant.number()),
        subdistrict: parent.into(),
        neighborhood: it.id.into(),
        community: 0,
        enterprise: 0,
    })
}

/// The place of a neighborhood that has not ended: where something new may be put.
///
/// # Errors
/// `NotFound` when there is no such neighborhood; the form's own error when it has ended.
pub fn place_for_new(tx: &mut Tx<'_>, neighborhood: DivisionId) -> std::result::Result<Place, Problem> {
    let it = division(tx, neighborhood)?;
    if it.ended_on.is_some() {
        let message = format!("{}已撤销，请选择现在的社区", it.name);
        return Err(Problem::Invalid(vec![kernel::FieldError::new("neighborhood", message)]));
    }
    place_of(tx, neighborhood)
}

/// Every county of the house: its tenant's number and name, for saying where a case lies.
///
/// # Errors
/// When the store refuses.
pub fn counties(tx: &mut Tx<'_>) -> Result<Vec<(i64, String)>> {
    tx.all(include_str!("sql/counties.sql"), &[], |it| Ok((it.int("tenant")?, it.text("name")?)))
}

/// The one county a scope lies in; none for a city, an enterprise, or nothing.
///
/// # Errors
/// When the store refuses.
pub fn county_of(tx: &mut Tx<'_>, scope: &kernel::Scope) -> Result<Option<Tenant>> {
    match *scope {
        kernel::Scope::Subdistrict(id) | kernel::Scope::Neighborhood(id) => {
            Ok(Some(division(tx, id.into())?.tenant))
        }
        kernel::Scope::Department(id) => Ok(Some(crate::departments::load(tx, id.into())?.tenant)),
        _ => Ok(scope.tenant()),
    }
}

/// The one street or township all of a scope lies in; none for a county and above, or for an enterprise.
///
/// # Errors
/// When the store refuses.
pub fn street_of(tx: &mut Tx<'_>, scope: &kernel::Scope) -> std::result::Result<Option<i64>, Problem> {
    Ok(match *scope {
        kernel::Scope::Subdistrict(id) => Some(id),
        kernel::Scope::Neighborhood(id) => division(tx, id.into())?.parent.map(i64::from),
        kernel::Scope::Community(id) => Some(crate::communities::load(tx, id.into())?.place.subdistrict),
        _ => None,
    })
}

/// The name of a tenant: its county's.
///
/// # Errors
/// When the store refuses.
pub fn county_names(tx: &mut Tx<'_>, city: i64) -> Result<BTreeMap<i64, Division>> {
    Ok(of_kind(tx, city, Kind::County)?.into_iter().map(|it| (i64::from(it.tenant.number()), it)).collect())
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Division) -> Result<()> {
    let args = [
        i64::from(it.id).into(),
        it.code.clone().into(),
        it.name.clone().into(),
        it.kind.code().into(),
        it.parent.map(i64::from).into(),
        it.city.into(),
        i64::from(it.tenant.number()).into(),
        tx.ctx.today().into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

/// Its code and name, for whoever saw this version.
pub(crate) fn save(tx: &mut Tx<'_>, it: &Division) -> std::result::Result<(), Problem> {
    let args = [i64::from(it.id).into(), it.version.into(), it.code.clone().into(), it.name.clone().into()];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// 撤销, for whoever saw this version.
pub(crate) fn end(tx: &mut Tx<'_>, it: &Division) -> std::result::Result<(), Problem> {
    let args = [i64::from(it.id).into(), it.version.into(), tx.ctx.today().into()];
    tx.save_version(include_str!("sql/end.sql"), &args)
}

/// 划归 another, for whoever saw this version.
pub(crate) fn put_under(
    tx: &mut Tx<'_>,
    it: &Division,
    parent: DivisionId,
) -> std::result::Result<(), Problem> {
    let args = [i64::from(it.id).into(), it.version.into(), i64::from(parent).into()];
    tx.save_version(include_str!("sql/move.sql"), &args)
}

/// The whole tree, by code.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<Division>> {
    tx.all(include_str!("sql/all.sql"), &[], read)
}

pub(crate) fn of_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Division>> {
    tx.maybe(include_str!("sql/of_code.sql"), &[code.into()], read)
}

/// What lies directly under a division, by code, each with how much lies under it.
pub(crate) fn under(tx: &mut Tx<'_>, id: DivisionId) -> Result<Vec<Listed>> {
    tx.all(include_str!("sql/under.sql"), &[i64::from(id).into()], |it| {
        Ok(Listed { division: read(it)?, below: it.int("below")?, communities: it.int("communities")? })
    })
}

/// What lies directly under a division and has not ended, by code.
///
/// # Errors
/// When the store refuses.
pub fn below(tx: &mut Tx<'_>, id: DivisionId) -> Result<Vec<Division>> {
    let all = under(tx, id)?.into_iter().map(|it| it.division);
    Ok(all.filter(|it| it.ended_on.is_none()).collect())
}

/// The county of a tenant.
///
/// # Errors
/// When the store refuses.
pub fn of_tenant(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Option<Division>> {
    tx.maybe(include_str!("sql/of_tenant.sql"), &[i64::from(tenant.number()).into()], read)
}

/// A number no county has yet.
pub(crate) fn next_tenant(tx: &mut Tx<'_>) -> Result<i64> {
    tx.one(include_str!("sql/next_tenant.sql"), &[], |it| it.int("tenant"))
}

fn read(row: &Row<'_>) -> Result<Division> {
    Ok(Division {
        id: row.int("id")?.into(),
        code: row.text("code")?,
        name: row.text("name")?,
        kind: Kind::from_code(&row.text("kind")?),
        parent: row.maybe_int("parent")?.map(Into::into),
        city: row.int("city")?,
        tenant: Tenant::from_number(u16::try_from(row.int("tenant")?).unwrap_or(0)),
        ended_on: row.maybe_date("valid_to")?,
        version: row.int("version")?,
    })
}

/// The city a scope lies in.
///
/// # Errors
/// `NotFound` for a scope outside the tree of places.
pub fn city_of(tx: &mut Tx<'_>, scope: &kernel::Scope) -> std::result::Result<i64, Problem> {
    use kernel::Scope;
    match *scope {
        Scope::City(city) => Ok(city),
        Scope::Subdistrict(id) | Scope::Neighborhood(id) => Ok(division(tx, id.into())?.city),
        Scope::County(tenant) => {
            let args = [i64::from(tenant.number()).into()];
            Ok(tx.one(include_str!("sql/city_of_tenant.sql"), &args, |it| it.int("city"))?)
        }
        Scope::Community(id) => Ok(crate::communities::load(tx, id.into())?.place.city),
        Scope::Enterprise(id) => Ok(crate::enterprises::load(tx, id.into())?.city),
        Scope::Department(id) => Ok(crate::departments::load(tx, id.into())?.city),
        Scope::Nothing => Err(Problem::NotFound),
    }
}
