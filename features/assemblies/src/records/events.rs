//! What happened to records, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::decisions::{DecisionId, events::decision_event};

decision_event!(WitnessWithdrawn, "assemblies.witness_withdrawn", { name: String });
decision_event!(WitnessAdded, "assemblies.witness_added", { name: String });
decision_event!(Cosigned, "assemblies.cosigned", { size: i64, name: String });

/// The whole record was taken along.
#[derive(Debug, Serialize)]
pub(crate) struct RecordTaken {
    pub(crate) decision: DecisionId,
}

impl Event for RecordTaken {
    const NAME: &'static str = "assemblies.record_taken";

    fn subject(&self) -> i64 {
        self.decision.into()
    }

    fn url(&self) -> String {
        format!("/assemblies/decisions/{}", self.decision)
    }
}
