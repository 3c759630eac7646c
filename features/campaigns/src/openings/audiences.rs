//! 系统内发给 — which counties of a city, or streets of a county, a notice goes to: all of them, or those chosen.

use ::store::Tx;
use kernel::{FieldError, Place, Problem, Scope, Tenant};

use super::{
    queries,
    types::{Campaign, Opening, Owner},
};

/// Everybody a notice could go to: the number of a county or the id of a street, and its name.
pub(crate) fn places(tx: &mut Tx<'_>, owner: Owner) -> Result<Vec<(i64, String)>, Problem> {
    Ok(match owner.county {
        None => {
            queries::counties_of(tx, owner, &[])?.into_iter().map(|(number, it)| (number, it.name)).collect()
        }
        Some(county) => {
            let streets = queries::streets_of(tx, owner.city, county, &[])?;
            streets.into_iter().map(|it| (it.id.into(), it.name)).collect()
        }
    })
}

/// Those chosen; nobody named: all of them.
///
/// # Errors
/// Only those chosen are meant, and nobody is.
pub(crate) fn read(form: &Opening, places: &[(i64, String)]) -> Result<Vec<i64>, Problem> {
    if form.get("audience").is_none_or(|it| it != "some") {
        return Ok(vec![]);
    }
    let chosen: Vec<i64> = places
        .iter()
        .map(|it| it.0)
        .filter(|it| form.get(&format!("place-{it}")).is_some_and(|it| !it.is_empty()))
        .collect();
    match chosen.len() {
        0 => {
            Err(Problem::Invalid(vec![FieldError::new("audience", "请至少选一个发给的单位，或改为发给全部")]))
        }
        all if all == places.len() => Ok(vec![]),
        _ => Ok(chosen),
    }
}

/// Whether a list of addressees, empty for all, names a place.
pub(crate) fn names(addressees: &[i64], place: i64) -> bool {
    addressees.is_empty() || addressees.contains(&place)
}

/// The county, and the street, all of a scope lies in.
pub(crate) type Home = (Option<Tenant>, Option<i64>);

pub(crate) fn home(tx: &mut Tx<'_>, scope: &Scope) -> Result<Home, Problem> {
    Ok((registry::divisions::county_of(tx, scope)?, registry::divisions::street_of(tx, scope)?))
}

/// A county's own campaign is its own affair, and whoever a notice was not sent to does not take part in it, nor does
/// whoever works or lives there; whoever serves in several counties or streets, and the office above, see them all.
pub(crate) fn concerns((owner, addressees): (Owner, &[i64]), (county, street): Home) -> bool {
    let county = county.map(|it| i64::from(it.number()));
    let reached = if owner.county.is_none() { county } else { street };
    reached.is_none_or(|it| names(addressees, it)) && county.is_none_or(|it| owner.includes(it))
}

impl Campaign {
    /// Whether a county takes part in it.
    pub(crate) fn includes_county(&self, tenant: i64) -> bool {
        self.owner.includes(tenant) && (self.owner.county.is_some() || names(&self.addressees, tenant))
    }

    /// Whether a community takes part in it.
    pub(crate) fn includes(&self, place: &Place) -> bool {
        let street = self.owner.county.is_none() || names(&self.addressees, place.subdistrict);
        self.includes_county(place.tenant) && street
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(typed: &[(&str, &str)]) -> Result<Vec<i64>, ()> {
        let form = typed.iter().map(|(key, it)| ((*key).to_owned(), (*it).to_owned())).collect();
        read(&form, &[(1, "甲县".into()), (2, "乙县".into()), (3, "丙区".into())]).map_err(|_| ())
    }

    #[test]
    fn everybody_is_meant_unless_some_are_chosen() {
        assert_eq!(chosen(&[]), Ok(vec![]));
        assert_eq!(chosen(&[("audience", "all"), ("place-1", "on")]), Ok(vec![]));
        assert_eq!(chosen(&[("audience", "some"), ("place-1", "on"), ("place-3", "on")]), Ok(vec![1, 3]));
        assert_eq!(chosen(&[("audience", "some"), ("place-9", "on")]), Err(()));
        let all = [("audience", "some"), ("place-1", "on"), ("place-2", "on"), ("place-3", "on")];
        assert_eq!(chosen(&all), Ok(vec![]));
    }
}
