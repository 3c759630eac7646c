//! What happened to an enterprise, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::EnterpriseId;

#[derive(Debug, Serialize)]
pub(crate) struct EnterpriseCreated {
    pub(crate) enterprise: EnterpriseId,
    pub(crate) uscc: String,
    pub(crate) name: String,
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
