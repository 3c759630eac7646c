//! The nouns: a template and its form.

use kernel::{Tenant, id};
use serde::Deserialize;

id!(TemplateId);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) id: TemplateId,
    pub(crate) tenant: Tenant,
    /// Of cases; empty for every one.
    pub(crate) category: String,
    pub(crate) title: String,
    pub(crate) words: String,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct TemplateForm {
    pub(crate) category: String,
    pub(crate) title: String,
    pub(crate) words: String,
    pub(crate) version: String,
}
