//! The nouns: a case, who has it, where it stands, and the steps of its line.

use jiff::Timestamp;
use kernel::{Actor, Place, Role, Scope, Tenant, id};
use serde::{Deserialize, Serialize};

use crate::profiles::types::Urgency;

id!(TicketId);
id!(WhistleId);

/// 诉求案件.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) id: TicketId,
    pub(crate) place: Place,
    /// The number people speak of, within the county.
    pub(crate) number: i64,
    pub(crate) category: String,
    pub(crate) kind: Kind,
    pub(crate) urgency: Urgency,
    pub(crate) openness: Openness,
    pub(crate) channel: Channel,
    pub(crate) body: String,
    pub(crate) building: String,
    /// Sealed.
    pub(crate) contact: String,
    pub(crate) stage: Stage,
    pub(crate) level: i64,
    pub(crate) round: i64,
    pub(crate) filed_at: Timestamp,
    pub(crate) dues: Dues,
    pub(crate) wakes_at: Option<Timestamp>,
    pub(crate) verdicts: Verdicts,
    pub(crate) solved: Option<bool>,
    pub(crate) satisfied: Option<bool>,
    pub(crate) extended: i64,
    pub(crate) urged: i64,
    pub(crate) supervised: i64,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) version: i64,
}

impl Ticket {
    /// The clock that runs out first of those that still run, and when: 派单, 联系 or, without a word, the answer's.
    pub(crate) fn running_clock(&self) -> (&'static str, Timestamp) {
        let first = |it: Timestamp| it.min(self.dues.answer_by);
        match self.stage {
            Stage::Filed if self.verdicts.dispatched.is_none() => ("派单", first(self.dues.dispatch_by)),
            Stage::Dispatched { .. } if self.verdicts.contacted.is_none() => {
                ("联系", first(self.dues.contact_by))
            }
            _ => ("", self.dues.answer_by),
        }
    }

    /// The step it waits for and is late with, while the answer is not late yet.
    pub(crate) fn missed_step(&self) -> Option<&'static str> {
        match self.stage {
            Stage::Filed if self.verdicts.dispatched == Some(false) => Some("派单"),
            Stage::Dispatched { .. } if self.verdicts.contacted == Some(false) => Some("联系群众"),
            _ => None,
        }
    }
}

/// The last instants of the clocks of this case, as they were set; a changed profile does not move them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dues {
    pub(crate) dispatch_by: Timestamp,
    pub(crate) contact_by: Timestamp,
    pub(crate) answer_by: Timestamp,
}

/// Stamped at the step, so that later statistics never change. True: in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Verdicts {
    pub(crate) dispatched: Option<bool>,
    pub(crate) contacted: Option<bool>,
    pub(crate) answered: Option<bool>,
}

/// Where it stands. The families are those of 数字化城市管理: 立案, 派遣, 处理, 反馈, 核查结案.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    Filed,
    Dispatched {
        handler: Body,
    },
    /// 退单审核: the handler says it is not theirs.
    Returned {
        handler: Body,
        reason: String,
    },
    /// 处理中: the reporter has been contacted.
    Accepted {
        handler: Body,
    },
    Answered {
        handler: Body,
        answer: String,
    },
    Closed {
        handler: Option<Body>,
        outcome: Outcome,
    },
    /// 不予受理.
    Declined {
        reason: String,
    },
    /// 转专线.
    Transferred {
        line: String,
    },
    Withdrawn,
    Merged {
        into: TicketId,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The reporter says it is solved.
    Confirmed,
    /// Checked on site by the neighborhood or above.
    Checked,
    /// Staff asked the reporter, who said so.
    CalledBack,
    /// Nobody rated the answer in time.
    Unrated,
    /// Done again, whistled through all levels, and still not solved by the reporter's word.
    Unsolved,
    /// 表扬: passed on to whom it is about; there was nothing to be done.
    Noted,
}

impl Stage {
    pub(crate) const OPEN: [&'static str; 4] = ["filed", "dispatched", "returned", "accepted"];

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Dispatched { .. } => "dispatched",
            Self::Returned { .. } => "returned",
            Self::Accepted { .. } => "accepted",
            Self::Answered { .. } => "answered",
            Self::Closed { .. } => "closed",
            Self::Declined { .. } => "declined",
            Self::Transferred { .. } => "transferred",
            Self::Withdrawn => "withdrawn",
            Self::Merged { .. } => "merged",
        }
    }

    /// Somebody still has to do something about it.
    pub(crate) fn is_open(&self) -> bool {
        Self::OPEN.contains(&self.code())
    }

    pub(crate) fn handler(&self) -> Option<Body> {
        match self {
            Self::Dispatched { handler }
            | Self::Returned { handler, .. }
            | Self::Accepted { handler }
            | Self::Answered { handler, .. } => Some(*handler),
            Self::Closed { handler, .. } => *handler,
            _ => None,
        }
    }
}

/// A body that may have a case: an office, a company, or a community's own branch or committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Body {
    County(Tenant),
    Subdistrict(i64),
    Neighborhood(i64),
    Enterprise(i64),
    Branch(i64),
    Committee(i64),
    /// 县直部门.
    Department(i64),
}

impl Body {
    /// The kinds there are, as [`Body::code`] calls them, from nearest to farthest.
    pub(crate) const KINDS: [&'static str; 7] =
        ["enterprise", "committee", "branch", "neighborhood", "subdistrict", "county", "department"];

    pub(crate) fn code(self) -> (&'static str, i64) {
        match self {
            Self::County(tenant) => ("county", i64::from(tenant.number())),
            Self::Subdistrict(id) => ("subdistrict", id),
            Self::Neighborhood(id) => ("neighborhood", id),
            Self::Enterprise(id) => ("enterprise", id),
            Self::Branch(id) => ("branch", id),
            Self::Committee(id) => ("committee", id),
            Self::Department(id) => ("department", id),
        }
    }

    pub(crate) fn from_code(kind: &str, number: i64) -> Option<Self> {
        match kind {
            "county" => Some(Self::County(Tenant::from_number(u16::try_from(number).ok()?))),
            "subdistrict" => Some(Self::Subdistrict(number)),
            "neighborhood" => Some(Self::Neighborhood(number)),
            "enterprise" => Some(Self::Enterprise(number)),
            "branch" => Some(Self::Branch(number)),
            "committee" => Some(Self::Committee(number)),
            "department" => Some(Self::Department(number)),
            _ => None,
        }
    }

    /// The body a hat speaks for.
    pub(crate) fn of(actor: &Actor) -> Option<Self> {
        match (actor.hat.role, actor.hat.scope) {
            (Role::CountyBureau, Scope::County(tenant)) => Some(Self::County(tenant)),
            (Role::Subdistrict, Scope::Subdistrict(id)) => Some(Self::Subdistrict(id)),
            (Role::Neighborhood | Role::GridWorker, Scope::Neighborhood(id)) => Some(Self::Neighborhood(id)),
            (Role::Enterprise, Scope::Enterprise(id)) => Some(Self::Enterprise(id)),
            (Role::PartyBranch, Scope::Community(id)) => Some(Self::Branch(id)),
            (Role::OwnersCommittee, Scope::Community(id)) => Some(Self::Committee(id)),
            (Role::CoHandler, Scope::Department(id)) => Some(Self::Department(id)),
            _ => None,
        }
    }
}

macro_rules! coded {
    ($name:ident { $($variant:ident = $code:literal),* $(,)? }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $($variant),* }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub(crate) fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            pub(crate) fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.code() == code)
            }
        }
    };
}

coded!(Kind {
    Complaint = "complaint",
    Repair = "repair",
    Help = "help",
    Question = "question",
    Suggestion = "suggestion",
    Praise = "praise",
    Disclosure = "disclosure",
});
coded!(Openness { Public = "public", Private = "private", Anonymous = "anonymous" });
coded!(Channel {
    Web = "web",
    Desk = "desk",
    Grid = "grid",
    Hotline12345 = "12345",
    Hotline12319 = "12319",
    Platform = "platform",
});

/// Who reported, sealed before it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) name: String,
    pub(crate) phone: String,
    /// The door; never shown to the company of an anonymous report.
    pub(crate) unit: String,
}

/// One step of the case line, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) code: &'static str,
    pub(crate) words: String,
    /// Shown to the reporter too.
    pub(crate) open: bool,
}

/// 吹哨报到 of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Whistle {
    pub(crate) id: WhistleId,
    pub(crate) ticket: TicketId,
    pub(crate) level: i64,
    pub(crate) round: i64,
    pub(crate) blown_by: String,
    pub(crate) reason: String,
    pub(crate) responder: Body,
    pub(crate) blown_at: Timestamp,
    pub(crate) report_by: Timestamp,
    pub(crate) solve_by: Timestamp,
    pub(crate) reported_at: Option<Timestamp>,
    pub(crate) reported_in_time: Option<bool>,
    pub(crate) reported_by: Option<String>,
    pub(crate) of_responder: Option<i64>,
    pub(crate) of_blower: Option<i64>,
    pub(crate) version: i64,
}

/// A case on its way in, understood.
#[derive(Debug, Clone)]
pub(crate) struct NewTicket {
    pub(crate) category: String,
    pub(crate) kind: Kind,
    pub(crate) urgency: Urgency,
    pub(crate) openness: Openness,
    pub(crate) channel: Channel,
    pub(crate) body: String,
    pub(crate) building: String,
    pub(crate) contact: Contact,
}
