//! What happened to a list, for the audit log.

use ::store::Event;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(crate) struct ChecklistPublished {
    pub(crate) tenant: i64,
    pub(crate) version: i64,
}

impl Event for ChecklistPublished {
    const NAME: &'static str = "assemblies.checklist_published";

    fn subject(&self) -> i64 {
        self.tenant
    }

    fn url(&self) -> String {
        "/assemblies/checklists".to_owned()
    }
}
