//! The nouns: an article of good practice, and a record of publicity.

use jiff::civil::Date;
use kernel::{Tenant, id};
use serde::Deserialize;

use crate::{applications::types::ApplicationId, openings::types::CampaignId};

id!(PracticeId);
id!(PublicationId);

/// 典型经验.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Practice {
    pub(crate) id: PracticeId,
    pub(crate) campaign: CampaignId,
    pub(crate) application: ApplicationId,
    pub(crate) community: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) stage: Stage,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    Submitted,
    Returned {
        reason: String,
    },
    Published {
        at: jiff::Timestamp,
    },
    /// 撤下: it was published, and is no longer.
    Withdrawn {
        reason: String,
    },
}

impl Stage {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Returned { .. } => "returned",
            Self::Published { .. } => "published",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// 宣传记录.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Publication {
    pub(crate) id: PublicationId,
    pub(crate) campaign: CampaignId,
    pub(crate) channel: Channel,
    /// 公众号、网站、报纸 by name.
    pub(crate) medium: String,
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) published_on: Date,
    pub(crate) void_reason: Option<String>,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    Wechat,
    Website,
    Newspaper,
    Broadcast,
    Other,
}

impl Channel {
    pub(crate) const ALL: [Self; 5] =
        [Self::Wechat, Self::Website, Self::Newspaper, Self::Broadcast, Self::Other];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Website => "website",
            Self::Newspaper => "newspaper",
            Self::Broadcast => "broadcast",
            Self::Other => "other",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Wechat => "微信公众号",
            Self::Website => "官方网站",
            Self::Newspaper => "报刊",
            Self::Broadcast => "广播电视",
            Self::Other => "其他",
        }
    }
}

impl Practice {
    pub(crate) fn tenant(&self) -> Tenant {
        Tenant::of_id(self.id.into())
    }
}

/// 撰写 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PracticeForm {
    pub(crate) application: String,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) version: String,
}

/// 退回、撤下.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReasonForm {
    pub(crate) reason: String,
}

/// 登记宣传 as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PublicationForm {
    pub(crate) channel: String,
    pub(crate) medium: String,
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) published_on: String,
}
