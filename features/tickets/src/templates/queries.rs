//! What there is to see of templates: the county's desk, and what fits a case.

use ::store::Tx;
use kernel::{Problem, Tenant};

use super::{
    policy, store,
    types::{Template, TemplateId},
};

/// The county's own, for its desk.
pub(crate) fn desk(tx: &mut Tx<'_>) -> Result<Vec<Template>, Problem> {
    let (_may, tenant) = policy::may_keep(&tx.ctx.actor)?;
    Ok(store::all(tx, tenant)?)
}

/// What fits a case of a category, as number and name: its own before those for every category.
pub(crate) fn for_category(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    category: &str,
) -> Result<Vec<(String, String)>, Problem> {
    let mut fitting: Vec<Template> = store::all(tx, tenant)?;
    fitting.retain(|it| it.category.is_empty() || it.category == category);
    fitting.sort_by_key(|it| it.category.is_empty());
    Ok(fitting.into_iter().map(|it| (it.id.to_string(), it.title)).collect())
}

/// The words of a template of the case's own county; none when it is not there any more.
pub(crate) fn words_of(tx: &mut Tx<'_>, tenant: Tenant, id: &str) -> Result<Option<String>, Problem> {
    let Some(id) = kernel::parse_id(id).map(TemplateId::from) else { return Ok(None) };
    Ok(store::all(tx, tenant)?.into_iter().find(|it| it.id == id).map(|it| it.words))
}
