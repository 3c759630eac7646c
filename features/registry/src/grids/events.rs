//! What happened to grids, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::GridId;
use crate::divisions::DivisionId;

#[derive(Debug, Serialize)]
pub(crate) struct GridKept {
    pub(crate) grid: GridId,
    pub(crate) neighborhood: DivisionId,
    /// added, changed or ended.
    pub(crate) what: &'static str,
    pub(crate) code: String,
}

impl Event for GridKept {
    const NAME: &'static str = "registry.grid_kept";

    fn subject(&self) -> i64 {
        self.grid.into()
    }

    fn url(&self) -> String {
        format!("/registry/grids/{}", self.neighborhood)
    }
}
