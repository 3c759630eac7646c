//! What happened to the register, for the audit log.

use crate::affairs::committee_event;

committee_event!(OversightOpened, "assemblies.oversight_opened", "oversight", {
    n: i64, kind: &'static str, class: String
});
committee_event!(OversightClosed, "assemblies.oversight_closed", "oversight", { n: i64, kind: &'static str });
