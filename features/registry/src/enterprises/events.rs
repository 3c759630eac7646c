//! What happened to an enterprise, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::EnterpriseId;
use crate::history::Change;

#[derive(Debug, Serialize)]
pub(crate) struct EnterpriseCreated {
    pub(crate) enterprise: EnterpriseId,
    pub(crate) uscc: String,
    pub(crate) name: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct EnterpriseEdited {
    pub(crate) enterprise: EnterpriseId,
    pub(crate) changes: Vec<Change>,
}

impl Event for EnterpriseEdited {
    const NAME: &'static str = "registry.enterprise_edited";

    fn subject(&self) -> i64 {
        self.enterprise.into()
    }

    fn url(&self) -> String {
        format!("/registry/enterprises/{}", self.enterprise)
    }
}

impl Event for EnterpriseCreated {
    const NAME: &'static str = "registry.enterprise_created";

    fn subject(&self) -> i64 {
        self.enterprise.into()
    }

    fn url(&self) -> String {
        format!("/registry/enterprises/{}", self.enterprise)
    }
}
