//! 评选对象: what a pack selects.

/// What a campaign selects. Whatever it is, it is looked at in one community: an enterprise in the project it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selects {
    #[default]
    Community,
    Enterprise,
    ServiceProject,
    Committee,
    Person,
}

impl Selects {
    /// The code a pack writes, and what it means.
    const ALL: [(&str, Self, &str); 5] = [
        ("community", Self::Community, "小区"),
        ("enterprise", Self::Enterprise, "物业服务企业"),
        ("service_project", Self::ServiceProject, "服务项目"),
        ("committee", Self::Committee, "业主委员会（物业管理委员会）"),
        ("person", Self::Person, "个人"),
    ];

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.0 == code).map(|it| it.1)
    }

    /// So many of them, as one says it: 3家物业服务企业.
    #[must_use]
    pub fn counted(self, n: usize) -> String {
        match self {
            Self::Person => format!("{n}人"),
            Self::Enterprise => format!("{n}家{}", self.says()),
            other => format!("{n}个{}", other.says()),
        }
    }

    #[must_use]
    pub fn says(self) -> &'static str {
        Self::ALL.into_iter().find(|it| it.1 == self).map_or("", |it| it.2)
    }
}
