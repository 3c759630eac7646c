//! The noun: a move that is asked for and not yet followed everywhere.

use kernel::id;
use serde::Deserialize;

use crate::{communities::CommunityId, divisions::DivisionId};

id!(MoveId);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) id: MoveId,
    pub(crate) community: CommunityId,
    pub(crate) from_subdistrict: i64,
    pub(crate) from_neighborhood: i64,
    pub(crate) subdistrict: i64,
    pub(crate) neighborhood: i64,
    pub(crate) document: String,
}

/// 划归另一个社区, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Moving {
    pub(crate) to: String,
    pub(crate) document: String,
    pub(crate) version: String,
}

impl Moving {
    /// The neighborhood chosen.
    pub(crate) fn target(&self) -> Option<DivisionId> {
        kernel::parse_id(self.to.trim()).map(DivisionId::from)
    }
}
