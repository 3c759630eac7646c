//! The nouns: a candidate, an opinion, and the forms.

use jiff::civil::Date;
use kernel::{Place, id};
use serde::Deserialize;

use crate::committees::types::Origin;

id!(CandidateId);

/// 候选人.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) id: CandidateId,
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) party: bool,
    pub(crate) origin: Origin,
    pub(crate) nominated_by: Nominator,
    /// 出生年份; 0: not told.
    pub(crate) born: i64,
    /// The version of the county's list it was opened under; 0: the one that ships.
    pub(crate) checklist: i64,
    pub(crate) opened_on: Date,
    /// The last day on which a department may answer.
    pub(crate) due_on: Date,
    pub(crate) stage: Stage,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Open,
    Passed(Date),
    Refused(Date),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nominator {
    /// 自荐.
    Own,
    /// 社区党组织推荐: one of its three rights (SC-028).
    Party,
    Neighborhood,
    /// 业主联名.
    Owners,
}

/// 部门意见.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opinion {
    pub(crate) body: String,
    /// None: 通过. Some: 不通过, by a code of the negative list.
    pub(crate) fails: Option<String>,
    pub(crate) document: String,
}

/// 提名.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nominating {
    pub(crate) name: String,
    pub(crate) party: String,
    pub(crate) origin: String,
    pub(crate) nominated_by: String,
    pub(crate) born: String,
    /// Every positive condition that was checked.
    pub(crate) condition: Vec<String>,
}

/// 登记部门意见.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Answering {
    pub(crate) body: String,
    /// Empty: 通过.
    pub(crate) reason: String,
    pub(crate) document: String,
}

impl Stage {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Passed(_) => "passed",
            Self::Refused(_) => "refused",
        }
    }
}

impl Nominator {
    pub(crate) const ALL: [(Self, &str, &str); 4] = [
        (Self::Own, "self", "自荐"),
        (Self::Party, "party", "社区党组织推荐"),
        (Self::Neighborhood, "neighborhood", "居委会推荐"),
        (Self::Owners, "owners", "业主联名推荐"),
    ];

    pub(crate) fn code(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("self", |it| it.1)
    }
}
