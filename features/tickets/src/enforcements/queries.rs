//! What there is to see of a county's list.

use ::store::Tx;
use kernel::{Problem, Tenant};

use super::{policy, store, types::Enforcement};

/// The list as those see it who work with it.
#[derive(Debug)]
pub(crate) struct EnforcementsView {
    pub(crate) county: String,
    /// The counties whoever works in several may choose from: number and name.
    pub(crate) counties: Vec<(String, String)>,
    pub(crate) items: Vec<Enforcement>,
    pub(crate) can_keep: bool,
}

/// The list of one's county; whoever works in several chooses which.
pub(crate) fn list(tx: &mut Tx<'_>, chosen: &str) -> Result<EnforcementsView, Problem> {
    let actor = tx.ctx.actor.clone();
    let _may = policy::may_list(&actor)?;
    let scope = actor.hat.scope;
    let city = registry::divisions::city_of(tx, &scope)?;
    let names = registry::divisions::county_names(tx, city)?;
    let own = registry::divisions::county_of(tx, &scope)?.map(|it| i64::from(it.number()));
    let asked = chosen.parse().ok().filter(|it| names.contains_key(it));
    let number = own.or(asked).or_else(|| names.keys().next().copied()).ok_or(Problem::NotFound)?;
    let several = if own.is_none() { &names } else { &Default::default() };
    Ok(EnforcementsView {
        counties: several.iter().map(|it| (it.0.to_string(), it.1.name.clone())).collect(),
        county: names.get(&number).map(|it| it.name.clone()).unwrap_or_default(),
        items: store::all(tx, Tenant::from_number(u16::try_from(number).unwrap_or(0)))?,
        can_keep: policy::may_keep(&actor).is_ok(),
    })
}

/// What stands on a county's list today: for its notice boards, which everybody reads.
pub(crate) fn in_force(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Vec<Enforcement>, Problem> {
    Ok(store::all(tx, tenant)?.into_iter().filter(|it| it.ended.is_none()).collect())
}

/// The item that answers a category of cases, if the county listed one.
pub(crate) fn for_category(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    category: &str,
) -> Result<Option<Enforcement>, Problem> {
    Ok(in_force(tx, tenant)?.into_iter().find(|it| !it.category.is_empty() && it.category == category))
}
