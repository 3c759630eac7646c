//! The smallest part of the world a list is about.

use ::store::Tx;
use kernel::{Place, Problem, Scope, Tenant};
use registry::{communities, divisions};

use super::filters::{Filter, Within};

/// A place that lies within the scope is read by its own index, so that a street's list costs what the street holds and not
/// what the city does. A company's list stays the company's: of a community it serves today it may not see all.
pub(crate) fn narrowest(tx: &mut Tx<'_>, scope: Scope, filter: Filter) -> Result<(Scope, Filter), Problem> {
    let by_place = !matches!(scope, Scope::Enterprise(_) | Scope::Department(_) | Scope::Nothing);
    let Some(within) = filter.within.filter(|_| by_place) else { return Ok((scope, filter)) };
    match part(tx, within) {
        Ok((part, place)) if scope.covers(&place) => Ok((part, Filter { within: None, ..filter })),
        Ok(_) | Err(Problem::NotFound) => Ok((scope, filter)),
        Err(problem) => Err(problem),
    }
}

/// A place as a scope of its own, and where it lies.
fn part(tx: &mut Tx<'_>, within: Within) -> Result<(Scope, Place), Problem> {
    Ok(match within {
        Within::County(id) => {
            let tenant = Tenant::from_number(u16::try_from(id).unwrap_or(0));
            let city = divisions::city_of(tx, &Scope::County(tenant))?;
            (Scope::County(tenant), Place { city, tenant: id, ..Place::default() })
        }
        Within::Subdistrict(id) => {
            let it = divisions::division(tx, id.into())?;
            let (city, tenant) = (it.city, i64::from(it.tenant.number()));
            (Scope::Subdistrict(id), Place { city, tenant, subdistrict: id, ..Place::default() })
        }
        Within::Neighborhood(id) => (Scope::Neighborhood(id), divisions::place_of(tx, id.into())?),
        Within::Community(id) => (Scope::Community(id), communities::load(tx, id.into())?.place),
    })
}
