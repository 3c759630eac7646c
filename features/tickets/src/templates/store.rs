//! Every statement about templates; rows to nouns and back.

use ::store::{Result, Row, Tx};
use kernel::{Problem, Tenant};

use super::types::{Template, TemplateId};

fn key(id: TemplateId) -> [::store::Value; 2] {
    [i64::from(Tenant::of_id(id.into()).number()).into(), i64::from(id).into()]
}

/// A county's templates in use.
pub(crate) fn all(tx: &mut Tx<'_>, tenant: Tenant) -> Result<Vec<Template>> {
    let number = i64::from(tenant.number());
    tx.all(include_str!("sql/all.sql"), &[number.into()], |it| read(it, tenant))
}

pub(crate) fn load(tx: &mut Tx<'_>, id: TemplateId) -> Result<Template> {
    tx.one(include_str!("sql/load.sql"), &key(id), |it| read(it, Tenant::of_id(id.into())))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Template) -> Result<()> {
    let [tenant, id] = key(it.id);
    let args = [tenant, id, it.category.clone().into(), it.title.clone().into(), it.words.clone().into()];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Template) -> std::result::Result<(), Problem> {
    let [tenant, id] = key(it.id);
    let args = [
        tenant,
        id,
        it.version.into(),
        it.category.clone().into(),
        it.title.clone().into(),
        it.words.clone().into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

pub(crate) fn end(tx: &mut Tx<'_>, it: &Template) -> std::result::Result<(), Problem> {
    let [tenant, id] = key(it.id);
    let args = [tenant, id, it.version.into(), tx.ctx.now.into()];
    tx.save_version(include_str!("sql/end.sql"), &args)
}

fn read(row: &Row<'_>, tenant: Tenant) -> Result<Template> {
    Ok(Template {
        id: row.int("id")?.into(),
        tenant,
        category: row.text("category")?,
        title: row.text("title")?,
        words: row.text("words")?,
        version: row.int("version")?,
    })
}
