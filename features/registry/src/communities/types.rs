//! The nouns: a community, its kinds, and its form.

use kernel::{Area, Place, Tenant, id};
use serde::Deserialize;

use crate::divisions::DivisionId;

id!(CommunityId);

/// 住宅小区.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    pub id: CommunityId,
    pub place: Place,
    /// 舒城-000123: counted per county.
    pub number: i64,
    pub name: String,
    pub kind: Kind,
    pub address: String,
    pub built_year: Option<i64>,
    pub floor_area: Option<Area>,
    pub buildings: Option<i64>,
    pub entrances: Option<i64>,
    pub households: i64,
    pub service_mode: ServiceMode,
    pub note: String,
    pub version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Commodity,
    Old,
    Resettlement,
    Affordable,
    Other,
}

/// SC-074: who provides the service, and in what manner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceMode {
    None,
    Market,
    StateOwned,
    PublicWelfare,
    Fallback,
    SelfManaged,
    SingleService,
}

/// 新建、修改小区: as typed, on a page, in JSON or in a sheet.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub(crate) struct CommunityForm {
    pub(crate) name: String,
    pub(crate) neighborhood: String,
    pub(crate) kind: String,
    pub(crate) address: String,
    pub(crate) built_year: String,
    pub(crate) floor_area: String,
    pub(crate) buildings: String,
    pub(crate) entrances: String,
    pub(crate) households: String,
    pub(crate) service_mode: String,
    pub(crate) note: String,
    /// The version the editor saw; empty for a new one.
    pub(crate) version: String,
}

/// What the form says, once it has been understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Particulars {
    pub(crate) name: String,
    pub(crate) neighborhood: DivisionId,
    pub(crate) kind: Kind,
    pub(crate) address: String,
    pub(crate) built_year: Option<i64>,
    pub(crate) floor_area: Option<Area>,
    pub(crate) buildings: Option<i64>,
    pub(crate) entrances: Option<i64>,
    pub(crate) households: i64,
    pub(crate) service_mode: ServiceMode,
    pub(crate) note: String,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] =
        [Self::Commodity, Self::Old, Self::Resettlement, Self::Affordable, Self::Other];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Commodity => "commodity",
            Self::Old => "old",
            Self::Resettlement => "resettlement",
            Self::Affordable => "affordable",
            Self::Other => "other",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl ServiceMode {
    pub(crate) const ALL: [Self; 7] = [
        Self::None,
        Self::Market,
        Self::StateOwned,
        Self::PublicWelfare,
        Self::Fallback,
        Self::SelfManaged,
        Self::SingleService,
    ];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Market => "market",
            Self::StateOwned => "state_owned",
            Self::PublicWelfare => "public_welfare",
            Self::Fallback => "fallback",
            Self::SelfManaged => "self_managed",
            Self::SingleService => "single_service",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// 实施物业管理: a company or a body provides the service as a whole.
    #[must_use]
    pub fn is_managed(self) -> bool {
        matches!(self, Self::Market | Self::StateOwned | Self::PublicWelfare | Self::Fallback)
    }
}

impl Community {
    #[must_use]
    pub fn tenant(&self) -> Tenant {
        Tenant::of_id(self.id.into())
    }
}
