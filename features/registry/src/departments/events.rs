//! What happened to departments, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::DepartmentId;

#[derive(Debug, Serialize)]
pub(crate) struct DepartmentKept {
    pub(crate) department: DepartmentId,
    /// added, renamed or ended.
    pub(crate) what: &'static str,
    pub(crate) name: String,
    /// What it was ended by; empty otherwise.
    pub(crate) document: String,
}

impl Event for DepartmentKept {
    const NAME: &'static str = "registry.department_kept";

    fn subject(&self) -> i64 {
        self.department.into()
    }

    fn url(&self) -> String {
        "/registry/departments".to_owned()
    }
}
