//! The nouns: an application, its answers, and where it stands.

use std::collections::BTreeMap;

use kernel::{Place, Role, id};
use serde::{Deserialize, Serialize};

use crate::openings::types::CampaignId;

id!(ApplicationId);

/// 申报: one community in one campaign, or what is selected in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Application {
    pub(crate) id: ApplicationId,
    pub(crate) place: Place,
    pub(crate) campaign: CampaignId,
    pub(crate) channel: Channel,
    pub(crate) party: Party,
    /// 评选对象, by the name it is posted under; nothing where it is the community itself.
    pub(crate) subject: Option<String>,
    pub(crate) stage: Stage,
    pub(crate) answers: Answers,
    pub(crate) paper_on: Option<jiff::civil::Date>,
    pub(crate) version: i64,
}

/// LA-013: 小区自愿申请 or 县区城管局推荐.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    SelfNominated,
    Bureau,
}

/// Whose an application is, whoever wrote it: its score is theirs to read and to appeal against, beside the county.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Party {
    /// Of the enterprise that serves the community; where the community itself is selected, too.
    Enterprise,
    /// Of the owners' committee: its own, or a person of it.
    Committee,
    /// Of nobody but the county that recommends, as a person who belongs to neither.
    County,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    Draft,
    Submitted,
    /// Sent back with the reason; the applicant corrects and submits again.
    Returned {
        reason: String,
    },
    /// The street agrees.
    Reviewed,
    /// The county agrees; it may be recommended.
    Accepted,
}

/// What 附件3 asks for beyond the registers. Names and phones are sealed before they are stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Answers {
    pub(crate) party_org: String,
    pub(crate) committee: String,
    pub(crate) other: String,
    /// Contact name and phone by `party`, `project`, `committee`; sealed.
    pub(crate) contacts: BTreeMap<String, (String, String)>,
    /// 做法及成效, by gate: `g1` … `g8`.
    pub(crate) practices: BTreeMap<String, String>,
}

/// The parts of the task list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Basics,
    Contacts,
    Practices,
}

impl Part {
    pub(crate) const ALL: [Self; 3] = [Self::Basics, Self::Contacts, Self::Practices];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Contacts => "contacts",
            Self::Practices => "practices",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Stage {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned { .. } => "returned",
            Self::Reviewed => "reviewed",
            Self::Accepted => "accepted",
        }
    }

    /// Every stage's code, in the order an application goes through them.
    pub(crate) const CODES: [&str; 5] = ["draft", "submitted", "returned", "reviewed", "accepted"];

    /// The code as it was asked for; nothing for any other text.
    pub(crate) fn code_of(text: &str) -> Option<&'static str> {
        Self::CODES.into_iter().find(|it| *it == text)
    }

    /// The applicant may still write.
    pub(crate) fn is_writable(&self) -> bool {
        matches!(self, Self::Draft | Self::Returned { .. })
    }

    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Returned { reason } => Some(reason),
            _ => None,
        }
    }
}

impl Channel {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::SelfNominated => "self",
            Self::Bureau => "bureau",
        }
    }
}

impl Party {
    const ALL: [Self; 3] = [Self::Enterprise, Self::Committee, Self::County];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Committee => "committee",
            Self::County => "county",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    pub(crate) fn role(self) -> Role {
        match self {
            Self::Enterprise => Role::Enterprise,
            Self::Committee => Role::OwnersCommittee,
            Self::County => Role::CountyBureau,
        }
    }
}

impl Application {
    /// Who fills it in and hands it in: whoever nominated itself, or the county that recommends.
    pub(crate) fn writer(&self) -> Role {
        match self.channel {
            Channel::SelfNominated => self.party.role(),
            Channel::Bureau => Role::CountyBureau,
        }
    }
}

/// 个人 to be nominated, as typed: name, the post held, and, where the county recommends, of whom.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nominee {
    pub(crate) person: String,
    pub(crate) post: String,
    /// The code of a party.
    pub(crate) party: String,
}

/// A section of the form as it was sent: field by field.
pub(crate) type Fields = BTreeMap<String, String>;

/// 研究确定: the decision a recommendation rests on (LA-019).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Decision {
    pub(crate) decided_on: String,
    pub(crate) decision: String,
}

/// 引用佐证 as chosen: a file of the linked campaign, and what it proves here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reuse {
    pub(crate) file: String,
    pub(crate) slot: String,
}
