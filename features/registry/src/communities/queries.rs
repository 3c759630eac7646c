//! What there is to see of communities, for page, JSON and sheet.

use ::store::Tx;
use kernel::{Actor, Area, Place, Problem};
use serde::Serialize;
use web::{Cursor, Paged};

use super::{
    labels, policy, store,
    types::{Community, CommunityForm, CommunityId, Kind, ServiceMode},
};
use crate::{divisions, history};

/// What the list is narrowed to, as it stands in the URL.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) county: Option<i64>,
    pub(crate) subdistrict: Option<i64>,
    pub(crate) kind: Option<Kind>,
    pub(crate) service_mode: Option<ServiceMode>,
    pub(crate) named: String,
    pub(crate) by_households: bool,
    pub(crate) after: Option<Cursor>,
}

/// A community as it is shown. The same view feeds the page, the JSON and the sheet.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CommunityView {
    #[schema(value_type = String)]
    pub id: CommunityId,
    /// 舒城县-000123.
    pub number: String,
    pub name: String,
    pub county: String,
    pub subdistrict: String,
    pub neighborhood: String,
    pub kind: &'static str,
    pub kind_label: &'static str,
    pub address: String,
    pub built_year: Option<i64>,
    pub floor_area: Option<String>,
    pub buildings: Option<i64>,
    pub entrances: Option<i64>,
    pub households: i64,
    pub service_mode: &'static str,
    pub service_mode_label: &'static str,
    pub enterprise: Option<String>,
    pub note: String,
    pub version: i64,
    pub can_edit: bool,
    /// For other rooms, not for programs.
    #[serde(skip)]
    pub place: Place,
}

/// A page of the list, with the count of all that the filter leaves; from 1,001 on they are not counted any further.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CommunityList {
    pub(crate) communities: Vec<CommunityView>,
    pub(crate) count: i64,
    pub(crate) next: Option<String>,
}

impl CommunityList {
    /// More than are counted.
    pub(crate) fn is_many(&self) -> bool {
        COUNTED < self.count
    }
}

pub(crate) const PAGE: usize = 50;
/// A list says “more than” beyond this many.
pub(crate) const COUNTED: i64 = 1_000;

pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, size: usize) -> Result<CommunityList, Problem> {
    let scope = policy::visible(&tx.ctx.actor);
    let actor = tx.ctx.actor.clone();
    let rows = store::list(tx, &scope, filter, size as i64 + 1)?;
    let cursor = |it: &store::Listed| {
        let value = if filter.by_households {
            it.community.households.to_string()
        } else {
            it.community.name.clone()
        };
        Cursor { value, id: it.community.id.into() }
    };
    let page = Paged::of(rows, size, cursor);
    let count = store::count(tx, &scope, filter, COUNTED + 1)?;
    let communities = page.rows.into_iter().map(|it| view_of(&actor, it)).collect();
    Ok(CommunityList { communities, count, next: page.next.map(|it| it.to_string()) })
}

/// One community.
///
/// # Errors
/// Missing, or out of the hat's scope.
pub fn community(tx: &mut Tx<'_>, id: CommunityId) -> Result<CommunityView, Problem> {
    let community = store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &community.place)?;
    named(tx, community)
}

/// One community for whoever has been let in by another room's policy.
pub(crate) fn named(tx: &mut Tx<'_>, community: Community) -> Result<CommunityView, Problem> {
    let neighborhood = divisions::division(tx, community.place.neighborhood.into())?;
    let subdistrict = divisions::division(tx, community.place.subdistrict.into())?;
    let county = subdistrict.parent.map(|it| divisions::division(tx, it)).transpose()?;
    let enterprise = crate::enterprises::name_of(tx, community.place.enterprise)?;
    let actor = tx.ctx.actor.clone();
    Ok(view_of(
        &actor,
        store::Listed {
            county: county.map(|it| it.name).unwrap_or_default(),
            subdistrict: subdistrict.name,
            neighborhood: neighborhood.name,
            enterprise,
            community,
        },
    ))
}

pub(crate) fn history_of(tx: &mut Tx<'_>, id: CommunityId) -> Result<Vec<history::Line>, Problem> {
    history::lines(tx, id.into(), labels::event)
}

/// The form of an existing community, as it stands.
pub(crate) fn form(tx: &mut Tx<'_>, id: CommunityId) -> Result<CommunityForm, Problem> {
    let it = store::load(tx, id)?;
    let _may = policy::may_edit(&tx.ctx.actor, &it.place)?;
    let text = |it: Option<i64>| it.map_or(String::new(), |it| it.to_string());
    Ok(CommunityForm {
        name: it.name,
        neighborhood: it.place.neighborhood.to_string(),
        kind: it.kind.code().to_owned(),
        address: it.address,
        built_year: text(it.built_year),
        floor_area: it.floor_area.map_or(String::new(), |it| it.to_string()),
        buildings: text(it.buildings),
        entrances: text(it.entrances),
        households: it.households.to_string(),
        service_mode: it.service_mode.code().to_owned(),
        note: it.note,
        version: it.version.to_string(),
    })
}

/// How many communities each county of a city has, and how many of them are managed, by tenant.
///
/// # Errors
/// When the store refuses.
pub fn counts_by_county(tx: &mut Tx<'_>, city: i64) -> Result<Vec<(i64, i64, i64)>, Problem> {
    Ok(store::counts_by_county(tx, city)?)
}

/// How many communities each part just below a place has: counties of a city, streets of a county, neighborhoods of a street. Rights are
/// the caller's.
///
/// # Errors
/// When the store refuses.
pub fn counts_below(tx: &mut Tx<'_>, scope: &kernel::Scope) -> Result<Vec<(i64, i64)>, Problem> {
    if let kernel::Scope::City(city) = *scope {
        return Ok(store::counts_by_county(tx, city)?.into_iter().map(|it| (it.0, it.1)).collect());
    }
    Ok(store::counts_below(tx, scope)?)
}

/// Id and name of each community of a neighborhood. Rights are the caller's.
///
/// # Errors
/// When the store refuses.
pub fn named_of_neighborhood(tx: &mut Tx<'_>, id: i64) -> Result<Vec<(i64, String)>, Problem> {
    let all = store::of_neighborhood(tx, id.into())?;
    Ok(all.into_iter().map(|it| (it.id.into(), it.name)).collect())
}

fn view_of(actor: &Actor, it: store::Listed) -> CommunityView {
    let community = it.community;
    let can_edit = policy::may_edit(actor, &community.place).is_ok();
    CommunityView {
        place: community.place,
        id: community.id,
        number: format!("{}-{:06}", it.county, community.number),
        name: community.name,
        county: it.county,
        subdistrict: it.subdistrict,
        neighborhood: it.neighborhood,
        kind: community.kind.code(),
        kind_label: labels::kind(community.kind),
        address: community.address,
        built_year: community.built_year,
        floor_area: community.floor_area.map(square_metres),
        buildings: community.buildings,
        entrances: community.entrances,
        households: community.households,
        service_mode: community.service_mode.code(),
        service_mode_label: labels::service_mode(community.service_mode),
        enterprise: it.enterprise,
        note: community.note,
        version: community.version,
        can_edit,
    }
}

/// Without the zeros nobody measured.
fn square_metres(area: Area) -> String {
    area.to_string().trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The communities an enterprise serves, as far as this hat sees.
pub(crate) fn served_by(tx: &mut Tx<'_>, enterprise: i64) -> Result<Vec<CommunityView>, Problem> {
    let (actor, seen) = (tx.ctx.actor.clone(), policy::visible(&tx.ctx.actor));
    let served = store::list(tx, &kernel::Scope::Enterprise(enterprise), &Filter::default(), 500)?;
    let here = served.into_iter().filter(|it| seen.covers(&it.community.place));
    Ok(here.map(|it| view_of(&actor, it)).collect())
}

/// A community as it is shown, for whoever another room's policy has let in.
///
/// # Errors
/// When the store refuses.
pub fn shown(tx: &mut Tx<'_>, community: Community) -> Result<CommunityView, Problem> {
    named(tx, community)
}

/// How many communities this hat sees.
///
/// # Errors
/// When the store refuses.
pub fn how_many(tx: &mut Tx<'_>) -> Result<i64, Problem> {
    let scope = policy::visible(&tx.ctx.actor);
    Ok(store::count(tx, &scope, &Filter::default(), i64::MAX)?)
}

/// The first communities this hat sees that go by a name, or a part of it: two letters at least.
///
/// # Errors
/// When the store refuses.
pub fn named_in_scope(tx: &mut Tx<'_>, named: &str, limit: usize) -> Result<Vec<CommunityView>, Problem> {
    let named = named.trim();
    if named.chars().count() < 2 {
        return Ok(vec![]);
    }
    Ok(list(tx, &Filter { named: named.to_owned(), ..Filter::default() }, limit)?.communities)
}

/// The first communities this hat sees.
///
/// # Errors
/// When the store refuses.
pub fn in_scope(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<CommunityView>, Problem> {
    Ok(list(tx, &Filter::default(), limit)?.communities)
}
