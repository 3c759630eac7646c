//! What happened to corrections, for the audit log.

use super::types::CorrectionId;
use crate::affairs::committee_event;

committee_event!(CorrectionOrdered, "assemblies.correction_ordered", "corrections", {
    correction: CorrectionId, ground: String
});
committee_event!(CorrectionClosed, "assemblies.correction_closed", "corrections", {
    correction: CorrectionId, outcome: &'static str
});
