//! The nouns: an advice, and the form.

use jiff::civil::Date;
use kernel::{Place, id};
use serde::Deserialize;

id!(AdviceId);

/// 结构建议.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Advice {
    pub(crate) id: AdviceId,
    pub(crate) place: Place,
    pub(crate) seats: i64,
    /// 党员比例, at least.
    pub(crate) party_percent: i64,
    /// 交叉任职比例, at least.
    pub(crate) cross_percent: i64,
    /// 年龄, from and to.
    pub(crate) ages: (i64, i64),
    pub(crate) words: String,
    pub(crate) given_on: Date,
}

/// 提出结构建议.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Advising {
    pub(crate) seats: String,
    pub(crate) party_percent: String,
    pub(crate) cross_percent: String,
    pub(crate) youngest: String,
    pub(crate) oldest: String,
    pub(crate) words: String,
}

impl Advice {
    /// The three measures in a sentence.
    pub(crate) fn says(&self) -> String {
        let (from, to) = self.ages;
        format!(
            "共{}席，党员一般不低于{}%，与社区交叉任职不低于{}%，年龄以{from}至{to}岁为主",
            self.seats, self.party_percent, self.cross_percent
        )
    }
}
