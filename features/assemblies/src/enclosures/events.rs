//! What happened to papers beside a decision, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::decisions::{DecisionId, events::decision_event};

decision_event!(Enclosed, "assemblies.enclosed", { file: files::AttachmentId, digest: String });
decision_event!(EnclosureTaken, "assemblies.enclosure_taken", { file: files::AttachmentId });
decision_event!(Scanned, "assemblies.scanned", { sheet: String, digest: String });
