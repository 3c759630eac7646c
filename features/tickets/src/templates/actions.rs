//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{
    events::{TemplateEnded, TemplateKept},
    policy, rules, store,
    types::{Template, TemplateForm, TemplateId},
};

/// 新建模板.
pub(crate) fn add(tx: &mut Tx<'_>, form: &TemplateForm) -> Result<((), Recorded), Problem> {
    let (permit, tenant) = policy::may_keep(&tx.ctx.actor)?;
    let id = TemplateId::from(tx.ctx.new_id(tenant));
    let (category, title, words) = Default::default();
    let template = rules::written(Template { id, tenant, category, title, words, version: 1 }, form)?;
    store::add(tx, &template)?;
    Ok(((), tx.record(permit, &TemplateKept { template: id, title: template.title })?))
}

/// 修改模板 — answers given by it before stay as they are.
pub(crate) fn edit(tx: &mut Tx<'_>, id: TemplateId, form: &TemplateForm) -> Result<((), Recorded), Problem> {
    let (permit, before) = own(tx, id, form)?;
    let template = rules::written(before, form)?;
    store::save(tx, &template)?;
    Ok(((), tx.record(permit, &TemplateKept { template: id, title: template.title })?))
}

/// 停用模板.
pub(crate) fn end(tx: &mut Tx<'_>, id: TemplateId, form: &TemplateForm) -> Result<((), Recorded), Problem> {
    let (permit, template) = own(tx, id, form)?;
    store::end(tx, &template)?;
    Ok(((), tx.record(permit, &TemplateEnded { template: id, title: template.title })?))
}

/// A template of one's own county, as the page showed it; another's is not there.
fn own(tx: &mut Tx<'_>, id: TemplateId, form: &TemplateForm) -> Result<(kernel::Permit, Template), Problem> {
    let (permit, tenant) = policy::may_keep(&tx.ctx.actor)?;
    let template = store::load(tx, id)?;
    if template.tenant != tenant {
        return Err(Problem::NotFound);
    }
    if form.version != template.version.to_string() {
        return Err(Problem::Conflict);
    }
    Ok((permit, template))
}
