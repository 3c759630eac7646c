//! The nouns: a campaign, its periods and its quotas.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{Actor, Role, Scope, Tenant, id};
use serde::{Deserialize, Serialize};

use crate::packs::PinnedPack;

id!(CampaignId);

#[derive(Debug, Clone)]
pub(crate) struct Campaign {
    pub(crate) id: CampaignId,
    pub(crate) owner: Owner,
    pub(crate) title: String,
    pub(crate) pack: PinnedPack,
    pub(crate) contact: Contact,
    /// 结合开展的活动: the campaign whose evidence may be used again in this one.
    pub(crate) linked: Option<CampaignId>,
    /// 撤销: on which day, and why.
    pub(crate) withdrawn: Option<(Date, String)>,
    /// 系统内发给: numbers of counties, or ids of a county's streets; empty: all of them.
    pub(crate) addressees: Vec<i64>,
}

/// 主办单位: a city's regulator, or a county's for its own county alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) city: i64,
    pub(crate) county: Option<Tenant>,
}

impl Owner {
    /// The part of the world its campaign is for.
    pub(crate) fn scope(self) -> Scope {
        self.county.map_or(Scope::City(self.city), Scope::County)
    }

    pub(crate) fn role(self) -> Role {
        if self.county.is_some() { Role::CountyBureau } else { Role::CityBureau }
    }

    /// The hat stands for the very place the campaign is for.
    pub(crate) fn is_at(self, actor: &Actor) -> bool {
        actor.hat.scope == self.scope()
    }

    /// The hat is of the kind of office that runs it.
    pub(crate) fn is_office(self, actor: &Actor) -> bool {
        actor.is(self.role())
    }

    /// Whether a county lies in the part of the world it is for.
    pub(crate) fn includes(self, tenant: i64) -> bool {
        self.county.is_none_or(|it| i64::from(it.number()) == tenant)
    }
}

/// 签收: who took note of a notice. A city writes to its counties, a county to its streets and townships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addressee {
    County(Tenant),
    Street(Tenant, i64),
}

/// 联系方式 of the office that runs the campaign: never a person's own number (LA-031).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Contact {
    pub(crate) office: String,
    pub(crate) phone: String,
    pub(crate) email: String,
}

/// 活动信息 as typed: the contact, and the campaign this one is carried out together with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AboutForm {
    pub(crate) office: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) linked: String,
}

/// A stage of the timetable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) starts_on: Option<Date>,
    pub(crate) ends_on: Option<Date>,
    /// The date the notice printed, when it was extended since.
    pub(crate) printed_on: Option<Date>,
    pub(crate) reason: Option<String>,
}

/// How many a county may choose in one selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CountyQuota {
    pub(crate) tenant: i64,
    pub(crate) selection: String,
    pub(crate) communities: i64,
    pub(crate) places: i64,
    pub(crate) used: i64,
}

/// 开展活动: a pack, and what this place's notice says otherwise, field by field; what is not there is as the pack has it.
pub(crate) type Opening = BTreeMap<String, String>;

/// 撤销.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Withdrawal {
    pub(crate) withdrawn: String,
}

/// 延期.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Extension {
    pub(crate) period: String,
    pub(crate) ends_on: String,
    pub(crate) reason: String,
}
