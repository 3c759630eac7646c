//! What happened to mandates, for the audit log: ids and kinds, never a name.

use ::store::Event;
use serde::Serialize;

use super::types::MandateId;
use crate::decisions::{DecisionId, events::decision_event};

decision_event!(MandateRegistered, "assemblies.mandate_registered", { mandate: MandateId, kind: &'static str });
decision_event!(MandateEnded, "assemblies.mandate_ended", { mandate: MandateId });
decision_event!(MandatePaperTaken, "assemblies.mandate_paper_taken", { mandate: MandateId, digest: String });
decision_event!(MandateProven, "assemblies.mandate_proven", { mandate: MandateId, digest: String });
