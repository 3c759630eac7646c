//! What happened to a record, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::RecordId;
use crate::history::Change;

#[derive(Debug, Serialize)]
pub(crate) struct RecordCreated {
    pub(crate) record: RecordId,
    pub(crate) community: String,
    pub(crate) kind: String,
}

impl Event for RecordCreated {
    const NAME: &'static str = "registry.record_created";

    fn subject(&self) -> i64 {
        self.record.into()
    }

    fn url(&self) -> String {
        if self.community == "0" {
            "/registry/records".to_owned()
        } else {
            format!("/registry/communities/{}", self.community)
        }
    }
}

macro_rules! record_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) record: RecordId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.record.into()
            }

            fn url(&self) -> String {
                format!("/registry/records/{}", self.record)
            }
        }
    };
}

record_event!(RecordEdited, "registry.record_edited", { changes: Vec<Change> });
record_event!(RecordVoided, "registry.record_voided", { reason: String });
record_event!(EvidenceAttached, "registry.evidence_attached", { file: files::AttachmentId, digest: String });
record_event!(EvidenceTakenAway, "registry.evidence_taken_away", { file: files::AttachmentId });
