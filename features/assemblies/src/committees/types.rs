//! The nouns: a committee's term, its members, its duties, and the forms.

use jiff::civil::Date;
use kernel::{Place, id};
use serde::{Deserialize, Serialize};

id!(CommitteeId);

/// One term of a committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Committee {
    pub(crate) id: CommitteeId,
    pub(crate) place: Place,
    /// 第几届.
    pub(crate) n: i64,
    pub(crate) kind: Kind,
    pub(crate) elected_on: Date,
    /// The last day of the term.
    pub(crate) term_ends_on: Date,
    pub(crate) common_income: bool,
    pub(crate) members: Vec<Member>,
    /// How many were elected, whoever left since.
    pub(crate) seats: i64,
    pub(crate) ended: Option<(Date, String)>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 业主委员会.
    Owners,
    /// 物业管理委员会: in its stead for a time.
    Management,
}

/// 委员.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) post: Post,
    pub(crate) party: bool,
    pub(crate) origin: Origin,
    pub(crate) left: Option<(Date, String)>,
    /// The by-election that gave them the seat; none for those of the first hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) joined: Option<Joined>,
}

/// 补选: by which decision, and the day its result was posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Joined {
    pub(crate) election: i64,
    pub(crate) on: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Post {
    Chair,
    Deputy,
    Member,
    /// 候补.
    Reserve,
}

/// 人选来源 (SC-030), which tells who holds posts on both sides (双向进入、交叉任职).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    Owner,
    /// 社区“两委”成员.
    NeighborhoodCommittee,
    GridWorker,
    /// 机关企事业单位党员.
    UnitPartyMember,
    /// 两代表一委员.
    Delegate,
    /// 街道、居委会代表, on a management committee.
    Appointed,
}

/// A duty and the day it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Due {
    /// The code, and the period: `income-2024H1`.
    pub(crate) key: String,
    pub(crate) code: String,
    /// 2024年上半年, or nothing.
    pub(crate) period: String,
    pub(crate) due_on: Date,
}

/// A duty that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) key: String,
    pub(crate) done_on: Date,
    pub(crate) words: String,
    /// 评议, of what is graded.
    pub(crate) grade: Option<Grade>,
}

/// 述职评议 (SC-038), which counts when the committee is evaluated and its members stand again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    Excellent,
    Competent,
    Basic,
    Incompetent,
}

/// 登记一届: members row by row.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Founding {
    pub(crate) kind: String,
    pub(crate) elected_on: String,
    pub(crate) term_ends_on: String,
    pub(crate) common_income: String,
    /// 选举结果公告或备案文号.
    pub(crate) basis: String,
    /// The election it follows from, when it was one of this house.
    pub(crate) election: String,
    pub(crate) name: Vec<String>,
    pub(crate) post: Vec<String>,
    pub(crate) party: Vec<String>,
    pub(crate) origin: Vec<String>,
}

/// 办结一项.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fulfilling {
    pub(crate) key: String,
    pub(crate) done_on: String,
    pub(crate) words: String,
    pub(crate) grade: String,
}

/// 委员离任, by the member's place in the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Leaving {
    pub(crate) member: String,
    pub(crate) left_on: String,
    pub(crate) reason: String,
}

/// 登记补选的委员: one of those an election elected.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filling {
    pub(crate) election: String,
    pub(crate) name: String,
    pub(crate) origin: String,
    pub(crate) party: String,
}

impl Committee {
    /// Those who sit on it now; reserves do not.
    pub(crate) fn sitting(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|it| it.post != Post::Reserve && it.left.is_none())
    }
}

impl Due {
    /// The same with another day.
    pub(crate) fn moved(self, to: impl FnOnce(Date) -> Date) -> Self {
        Self { due_on: to(self.due_on), ..self }
    }
}

impl Grade {
    pub(crate) const ALL: [(Self, &str, &str); 4] = [
        (Self::Excellent, "excellent", "优秀"),
        (Self::Competent, "competent", "称职"),
        (Self::Basic, "basic", "基本称职"),
        (Self::Incompetent, "incompetent", "不称职"),
    ];

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|it| it.1 == code).map(|it| it.0)
    }

    pub(crate) fn code(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }

    pub(crate) fn words(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.2)
    }
}

impl Kind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Owners => "owners",
            Self::Management => "management",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Owners, Self::Management].into_iter().find(|it| it.code() == code)
    }
}

impl Post {
    pub(crate) const ALL: [(Self, &str, &str); 4] = [
        (Self::Chair, "chair", "主任"),
        (Self::Deputy, "deputy", "副主任"),
        (Self::Member, "member", "委员"),
        (Self::Reserve, "reserve", "候补"),
    ];
}

impl Origin {
    pub(crate) const ALL: [(Self, &str, &str); 6] = [
        (Self::Owner, "owner", "业主"),
        (Self::NeighborhoodCommittee, "neighborhood_committee", "社区“两委”成员"),
        (Self::GridWorker, "grid_worker", "网格员"),
        (Self::UnitPartyMember, "unit_party_member", "机关企事业单位党员"),
        (Self::Delegate, "delegate", "两代表一委员"),
        (Self::Appointed, "appointed", "街道、居委会代表"),
    ];
}
