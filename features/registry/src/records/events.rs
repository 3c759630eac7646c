//! What happened to a record, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::RecordId;

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
