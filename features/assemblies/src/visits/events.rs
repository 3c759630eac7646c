//! What happened at doors, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::decisions::DecisionId;

#[derive(Debug, Serialize)]
pub(crate) struct Canvassed {
    pub(crate) decision: DecisionId,
    pub(crate) units: usize,
    pub(crate) what: String,
}

impl Event for Canvassed {
    const NAME: &'static str = "assemblies.canvassed";

    fn subject(&self) -> i64 {
        self.decision.into()
    }

    fn url(&self) -> String {
        format!("/assemblies/decisions/{}/canvass", self.decision)
    }
}
