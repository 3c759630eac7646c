//! The nouns: a decision of the owners, its agenda, the terms it is held under, and where it stands.

use jiff::{Timestamp, civil::Date};
use kernel::{Place, UserId, id};
use serde::{Deserialize, Serialize};

use crate::{
    HeadRule,
    rolls::types::{Part, RollId},
};

id!(DecisionId);

/// 业主共同决定.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) id: DecisionId,
    pub(crate) place: Place,
    pub(crate) n: i64,
    pub(crate) title: String,
    pub(crate) stage: Stage,
    pub(crate) terms: Terms,
    pub(crate) agenda: Vec<Item>,
    /// 送审 since.
    pub(crate) asked_on: Option<Date>,
    /// 决定前书面报告, once it was made.
    pub(crate) reported: Option<Report>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    Draft,
    /// 已公告: the roll, the terms and the agenda stand fast; ballots are taken within the window.
    Noticed(Noticed),
    /// 已封票: nothing online is taken any more; paper is still entered, never above what was counted.
    Sealed(Noticed, Vec<Urn>),
    /// 初步结果公示.
    Provisional(Noticed, Vec<Urn>),
    Final(Noticed, Vec<Urn>),
    /// 已取消: before or after the notice, which stays readable, as does what was counted in the boxes.
    Cancelled {
        noticed: Option<Noticed>,
        reason: String,
        boxes: Vec<Urn>,
    },
}

/// 书面报告 to the party organisations of neighborhood and street.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) on: Date,
    pub(crate) words: String,
    /// 报告的名称或文号.
    pub(crate) document: String,
}

/// What the notice fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noticed {
    pub(crate) roll: RollId,
    pub(crate) on: Date,
    pub(crate) opens_at: Timestamp,
    pub(crate) closes_at: Timestamp,
}

/// 票箱: how many sheets of paper a building's box held when it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Urn {
    pub(crate) building: String,
    pub(crate) sheets: usize,
}

/// What the owners' rules of procedure leave to be declared; printed in the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terms {
    pub(crate) head_rule: HeadRule,
    /// A later ballot of the same channel takes the place of the earlier one, until the close.
    pub(crate) revote: bool,
    pub(crate) precedence: Precedence,
    pub(crate) invalid_takes_part: bool,
    /// 从众条款: the clause of the filed rules that adds silent votes to the majority. None unless there is one.
    pub(crate) silent_clause: Option<String>,
    /// 初步结果公示, full days.
    pub(crate) result_days: u32,
    /// Whose rule says which opinions and reports come before the vote.
    #[serde(default = "usual_reviews")]
    pub(crate) review_pack: String,
    /// 表决范围: whose owners decide, when it is not those of the whole community.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) parts: Vec<Part>,
    /// How many owners one person may stand for as a proxy.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(crate) proxy_cap: u32,
    /// Paper is counted only when every sheet has a scan, whose digest is in the log.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) scans: bool,
}

fn one() -> u32 {
    1
}

// What a notice did not say is not written into its terms: the leaf of an older one has to stay the same text.
fn is_one(it: &u32) -> bool {
    *it == 1
}

fn usual_reviews() -> String {
    super::reviews::USUAL.to_owned()
}

/// Which ballot counts where a unit voted both online and on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Precedence {
    Paper,
    Online,
    /// Whichever was cast or handed in last.
    Latest,
}

/// 议题.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    /// 1 to 9, as 民法典 278 numbers them.
    pub(crate) matter: u8,
    pub(crate) title: String,
    /// In plain language: what changes when it passes.
    pub(crate) summary: String,
    /// Label by label; their ids are a, b, c.
    #[serde(default)]
    pub(crate) options: Vec<String>,
    #[serde(default)]
    pub(crate) election: Option<Election>,
}

impl Item {
    /// Whom it is about, in an election.
    pub(crate) fn candidate(&self) -> Option<&str> {
        self.election.as_ref()?;
        Some(self.title.rsplit_once('：')?.1)
    }
}

/// A candidate's item in an election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Election {
    pub(crate) group: String,
    pub(crate) seats: u32,
    pub(crate) reserves: u32,
}

/// 审议意见.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Review {
    pub(crate) body: Reviewer,
    pub(crate) opinion: Opinion,
    pub(crate) words: String,
    /// The document it rests on; of an exemption always.
    pub(crate) document: String,
    pub(crate) person: UserId,
    pub(crate) at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reviewer {
    /// 小区党支部.
    Branch,
    /// 社区党组织.
    Neighborhood,
    /// 街道: 程序和事项合法合规 (FX-031).
    Legality,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opinion {
    Agree,
    /// Printed in the notice; no vote, and no veto.
    Adverse,
    /// The street's, when an opinion did not come in time: silence never ends the owners' right to an assembly.
    Exempt,
}

/// 起草: as typed; up to eight items.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Drafting {
    pub(crate) title: String,
    pub(crate) head_rule: String,
    pub(crate) precedence: String,
    pub(crate) revote: String,
    pub(crate) silent_clause: String,
    pub(crate) result_days: String,
    /// 表决范围, in words; none for the whole community.
    pub(crate) parts: Vec<String>,
    pub(crate) proxy_cap: String,
    pub(crate) scans: String,
    pub(crate) matter: Vec<String>,
    pub(crate) item: Vec<String>,
    pub(crate) summary: Vec<String>,
    /// One option or candidate a line.
    pub(crate) options: Vec<String>,
    pub(crate) seats: Vec<String>,
    pub(crate) version: String,
}

/// 审议.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reviewing {
    pub(crate) body: String,
    pub(crate) opinion: String,
    pub(crate) words: String,
    pub(crate) document: String,
    /// Of the decision that was read.
    pub(crate) version: String,
}

/// 书面报告, and the county's choice of what comes before a vote.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reporting {
    pub(crate) words: String,
    pub(crate) document: String,
    pub(crate) pack: String,
}

/// 公告, and 延期.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Timing {
    pub(crate) opens_on: String,
    pub(crate) closes_on: String,
    pub(crate) reason: String,
    /// 公告 goes to the owners' phones as well.
    pub(crate) text: String,
}

/// 封票: `building` and `sheets` side by side.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sealing {
    pub(crate) building: Vec<String>,
    pub(crate) sheets: Vec<String>,
    /// Why the boxes are counted again.
    pub(crate) again: String,
}

impl Stage {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Noticed(_) => "noticed",
            Self::Sealed(..) => "sealed",
            Self::Provisional(..) => "provisional",
            Self::Final(..) => "final",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// What the notice fixed, once there was one.
    pub(crate) fn noticed(&self) -> Option<&Noticed> {
        match self {
            Self::Noticed(it) | Self::Sealed(it, _) | Self::Provisional(it, _) | Self::Final(it, _) => {
                Some(it)
            }
            Self::Cancelled { noticed, .. } => noticed.as_ref(),
            Self::Draft => None,
        }
    }

    pub(crate) fn boxes(&self) -> &[Urn] {
        match self {
            Self::Sealed(_, it)
            | Self::Provisional(_, it)
            | Self::Final(_, it)
            | Self::Cancelled { boxes: it, .. } => it,
            Self::Draft | Self::Noticed(_) => &[],
        }
    }
}

impl Noticed {
    /// 投票中: from the opening up to, and not including, the close.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.opens_at <= now && now < self.closes_at
    }
}

impl Reviewer {
    pub(crate) const ALL: [Self; 3] = [Self::Branch, Self::Neighborhood, Self::Legality];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Neighborhood => "neighborhood",
            Self::Legality => "legality",
        }
    }
}

impl Opinion {
    pub(crate) const ALL: [Self; 3] = [Self::Agree, Self::Adverse, Self::Exempt];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Adverse => "adverse",
            Self::Exempt => "exempt",
        }
    }
}

impl Precedence {
    pub(crate) const ALL: [Self; 3] = [Self::Paper, Self::Online, Self::Latest];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Online => "online",
            Self::Latest => "latest",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The leaf of a notice holds its terms as they were written: what came later must not change an older record's text.
    #[test]
    fn the_terms_of_an_older_notice_are_written_as_they_were() {
        let told = r#"{"head_rule":"distinct_owner","revote":true,"precedence":"paper","invalid_takes_part":true,"silent_clause":null,"result_days":7,"review_pack":"shucheng-2023"}"#;
        let terms: Terms = serde_json::from_str(told).unwrap();
        assert_eq!((terms.proxy_cap, terms.scans, terms.parts.len()), (1, false, 0));
        assert_eq!(serde_json::to_string(&terms).unwrap(), told);
        let asks_more = Terms { proxy_cap: 3, scans: true, ..terms };
        let written = serde_json::to_string(&asks_more).unwrap();
        assert!(written.ends_with(r#""proxy_cap":3,"scans":true}"#), "{written}");
    }
}
