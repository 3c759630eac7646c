//! What happened to a community's material, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::applications::types::ApplicationId;

#[derive(Debug, Serialize)]
pub(crate) struct MaterialSaved {
    pub(crate) application: ApplicationId,
}

impl Event for MaterialSaved {
    const NAME: &'static str = "campaigns.material_saved";

    fn subject(&self) -> i64 {
        self.application.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/applications/{}/material", self.application)
    }
}
