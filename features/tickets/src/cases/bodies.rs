//! The bodies around a case: their names, who may be given it, and who answers for which whistle level.

use ::store::Tx;
use kernel::{Place, Problem, Role, Tenant};
use registry::{communities, departments, divisions, enterprises};

use super::types::{Body, Ticket};
use crate::reporting::number_of;

/// A body in words.
pub(crate) fn name(tx: &mut Tx<'_>, body: Body) -> Result<String, Problem> {
    Ok(match body {
        Body::County(tenant) => format!("{}物业主管部门", county(tx, tenant)?),
        Body::Subdistrict(id) | Body::Neighborhood(id) => divisions::division(tx, id.into())?.name,
        Body::Enterprise(id) => enterprises::name_of(tx, id)?.unwrap_or_default(),
        Body::Branch(id) => format!("{}党支部", communities::load(tx, id.into())?.name),
        Body::Committee(id) => format!("{}业委会", communities::load(tx, id.into())?.name),
        Body::Department(id) => departments::name_of(tx, id)?.unwrap_or_default(),
    })
}

fn county(tx: &mut Tx<'_>, tenant: Tenant) -> Result<String, Problem> {
    Ok(divisions::of_tenant(tx, tenant)?.map_or(String::new(), |it| it.name))
}

/// The number a case goes by, with its county's name: each county counts its own.
pub(crate) fn called(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<String, Problem> {
    Ok(number_of(&county(tx, Tenant::of_id(ticket.id.into()))?, ticket.number))
}

/// The name of the body the actor speaks for.
pub(crate) fn own_name(tx: &mut Tx<'_>) -> Result<String, Problem> {
    let actor = tx.ctx.actor.clone();
    match Body::of(&actor) {
        Some(body) => name(tx, body),
        None => Ok(accounts::role_label(actor.hat.role).to_owned()),
    }
}

/// Who a case of this place may be given to: code, name, body.
pub(crate) fn choices(tx: &mut Tx<'_>, place: &Place) -> Result<Vec<(String, String, Body)>, Problem> {
    let tenant = Tenant::from_number(u16::try_from(place.tenant).unwrap_or(0));
    let mut bodies = vec![];
    if place.enterprise != 0 {
        bodies.push(Body::Enterprise(place.enterprise));
    }
    bodies.extend([
        Body::Committee(place.community),
        Body::Branch(place.community),
        Body::Neighborhood(place.neighborhood),
        Body::Subdistrict(place.subdistrict),
        Body::County(tenant),
    ]);
    let offices = departments::of_county(tx, tenant)?.into_iter().filter(|it| it.ended_on.is_none());
    bodies.extend(offices.map(|it| Body::Department(it.id.into())));
    let mut all = vec![];
    for body in bodies {
        let (kind, number) = body.code();
        all.push((format!("{kind}:{number}"), name(tx, body)?, body));
    }
    Ok(all)
}

/// The bodies that were given a case or a part of it, or were whistled for it, and so see it wherever they stand: asked of departments, which have no part of the
/// county of their own.
pub(crate) fn involved(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<Body>, Problem> {
    if !tx.ctx.actor.is(Role::CoHandler) {
        return Ok(vec![]);
    }
    let mut bodies = super::actions::handlers(tx, ticket)?;
    bodies.extend(super::line::whistles(tx, ticket.id)?.into_iter().map(|it| it.responder));
    bodies.extend(crate::joint::asked(tx, ticket.id)?);
    Ok(bodies)
}

/// Who is whistled at a level: 社区 at the second, 乡镇（街道） at the third (SC-063, SC-064).
pub(crate) fn of_level(place: &Place, level: i64) -> Option<Body> {
    match level {
        2 => Some(Body::Neighborhood(place.neighborhood)),
        3 => Some(Body::Subdistrict(place.subdistrict)),
        _ => None,
    }
}

/// Who may blow a whistle of a level: the first level's three to the neighborhood, the neighborhood to the township (SC-063, SC-064).
pub(crate) fn below(place: &Place, level: i64) -> Vec<Body> {
    match level {
        2 => vec![
            Body::Branch(place.community),
            Body::Committee(place.community),
            Body::Enterprise(place.enterprise),
        ],
        3 => vec![Body::Neighborhood(place.neighborhood)],
        _ => vec![],
    }
}
