//! What happened to sessions, for the audit log.

use crate::affairs::committee_event;

committee_event!(SessionCalled, "assemblies.session_called", "sessions", { n: i64 });
committee_event!(SessionRecorded, "assemblies.session_recorded", "sessions", { n: i64, present: usize, quorum: bool });
committee_event!(SessionPublished, "assemblies.session_published", "sessions", { n: i64 });
committee_event!(SessionCancelled, "assemblies.session_cancelled", "sessions", { n: i64 });
