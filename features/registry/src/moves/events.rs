//! What happened to moves, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::{communities::CommunityId, history::Change};

#[derive(Debug, Serialize)]
pub(crate) struct CommunityMoved {
    pub(crate) community: CommunityId,
    pub(crate) changes: Vec<Change>,
}

/// Rows of other rooms that followed; none left when `done`.
#[derive(Debug, Serialize)]
pub(crate) struct RowsFollowed {
    pub(crate) community: CommunityId,
    pub(crate) rows: u64,
    pub(crate) done: bool,
}

impl Event for CommunityMoved {
    const NAME: &'static str = "registry.community_moved";

    fn subject(&self) -> i64 {
        self.community.into()
    }

    fn url(&self) -> String {
        format!("/registry/communities/{}", self.community)
    }
}

impl Event for RowsFollowed {
    const NAME: &'static str = "registry.rows_followed";

    fn subject(&self) -> i64 {
        self.community.into()
    }

    fn url(&self) -> String {
        format!("/registry/communities/{}", self.community)
    }
}
