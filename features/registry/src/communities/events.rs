//! What happened to a community, for the audit log and for whoever listens.

use ::store::Event;
use serde::Serialize;

use super::types::CommunityId;
use crate::history::Change;

#[derive(Debug, Serialize)]
pub(crate) struct CommunityCreated {
    pub(crate) community: CommunityId,
    pub(crate) name: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct CommunityEdited {
    pub(crate) community: CommunityId,
    pub(crate) changes: Vec<Change>,
}

impl Event for CommunityCreated {
    const NAME: &'static str = "registry.community_created";

    fn subject(&self) -> i64 {
        self.community.into()
    }

    fn url(&self) -> String {
        format!("/registry/communities/{}", self.community)
    }
}

impl Event for CommunityEdited {
    const NAME: &'static str = "registry.community_edited";

    fn subject(&self) -> i64 {
        self.community.into()
    }

    fn url(&self) -> String {
        format!("/registry/communities/{}", self.community)
    }
}
