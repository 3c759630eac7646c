//! The nouns: a member of a panel, and whoever could be one.

use kernel::UserId;

/// A member, and what they are there as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) person: UserId,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 联席会议成员单位工作人员.
    MemberUnit,
    /// 物业管理专家.
    Expert,
    /// 第三方.
    ThirdParty,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::MemberUnit, Self::Expert, Self::ThirdParty];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::MemberUnit => "member_unit",
            Self::Expert => "expert",
            Self::ThirdParty => "third_party",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::MemberUnit => "成员单位工作人员",
            Self::Expert => "物业管理专家",
            Self::ThirdParty => "第三方测评人员",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Somebody with the post of assessor, and what the post is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) person: UserId,
    pub(crate) name: String,
    pub(crate) label: String,
}
