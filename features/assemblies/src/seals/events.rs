//! What happened to seals, for the audit log.

use crate::affairs::committee_event;

committee_event!(SealAsked, "assemblies.seal_asked", "seals", { n: i64, seal: &'static str });
committee_event!(SealDecided, "assemblies.seal_decided", "seals", { n: i64, stamped: bool });
