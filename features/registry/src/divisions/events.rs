//! What happened to divisions, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::DivisionId;
use crate::history::Change;

#[derive(Debug, Serialize)]
pub(crate) struct DivisionCreated {
    pub(crate) division: DivisionId,
    pub(crate) code: String,
    pub(crate) name: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct DivisionEdited {
    pub(crate) division: DivisionId,
    pub(crate) changes: Vec<Change>,
}

#[derive(Debug, Serialize)]
pub(crate) struct DivisionEnded {
    pub(crate) division: DivisionId,
    pub(crate) reason: String,
}

/// A tree that came as a file, whole.
#[derive(Debug, Serialize)]
pub(crate) struct DivisionsImported {
    /// The batch's own id: it is about many divisions.
    pub(crate) batch: i64,
    pub(crate) file_hash: String,
    pub(crate) added: usize,
    pub(crate) skipped: usize,
}

impl Event for DivisionCreated {
    const NAME: &'static str = "registry.division_created";

    fn subject(&self) -> i64 {
        self.division.into()
    }

    fn url(&self) -> String {
        format!("/registry/divisions/{}", self.division)
    }
}

impl Event for DivisionEdited {
    const NAME: &'static str = "registry.division_edited";

    fn subject(&self) -> i64 {
        self.division.into()
    }

    fn url(&self) -> String {
        format!("/registry/divisions/{}", self.division)
    }
}

impl Event for DivisionEnded {
    const NAME: &'static str = "registry.division_ended";

    fn subject(&self) -> i64 {
        self.division.into()
    }

    fn url(&self) -> String {
        format!("/registry/divisions/{}", self.division)
    }
}

impl Event for DivisionsImported {
    const NAME: &'static str = "registry.divisions_imported";

    fn subject(&self) -> i64 {
        self.batch
    }

    fn url(&self) -> String {
        "/registry/divisions".to_owned()
    }
}
