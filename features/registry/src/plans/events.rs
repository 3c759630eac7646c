//! What happened to a plan, for the audit log and the community's history.

use ::store::Event;
use serde::Serialize;

use crate::{communities::CommunityId, history::Change};

#[derive(Debug, Serialize)]
pub(crate) struct PlanDrawn {
    pub(crate) community: CommunityId,
    pub(crate) changes: Vec<Change>,
}

impl Event for PlanDrawn {
    const NAME: &'static str = "registry.plan_drawn";

    fn subject(&self) -> i64 {
        self.community.into()
    }

    fn url(&self) -> String {
        format!("/registry/communities/{}/plan", self.community)
    }
}
