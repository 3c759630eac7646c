//! What happened to an advice, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::AdviceId;

#[derive(Debug, Serialize)]
pub(crate) struct StructureAdvised {
    pub(crate) advice: AdviceId,
    pub(crate) community: i64,
}

impl Event for StructureAdvised {
    const NAME: &'static str = "assemblies.structure_advised";

    fn subject(&self) -> i64 {
        self.advice.into()
    }

    fn url(&self) -> String {
        format!("/assemblies/communities/{}/candidates", self.community)
    }
}
