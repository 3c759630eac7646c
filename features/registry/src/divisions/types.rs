//! A place in the tree, and what is typed of one.

use jiff::civil::Date;
use kernel::{Place, Tenant, id};
use serde::{Deserialize, Serialize};

id!(DivisionId);

/// A city, county, subdistrict or neighborhood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Division {
    pub id: DivisionId,
    pub code: String,
    pub name: String,
    pub kind: Kind,
    pub parent: Option<DivisionId>,
    #[serde(skip)]
    pub city: i64,
    #[serde(skip)]
    pub tenant: Tenant,
    /// 撤销 on this day: it stays where it is named, and nothing new is put under it.
    #[serde(skip)]
    pub ended_on: Option<Date>,
    #[serde(skip)]
    pub version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    City,
    County,
    Subdistrict,
    Neighborhood,
}

impl Kind {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::County => "county",
            Self::Subdistrict => "subdistrict",
            Self::Neighborhood => "neighborhood",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        [Self::City, Self::County, Self::Subdistrict]
            .into_iter()
            .find(|it| it.code() == code)
            .unwrap_or(Self::Neighborhood)
    }

    /// The kind that lies directly under it.
    #[must_use]
    pub(crate) fn below(self) -> Option<Self> {
        match self {
            Self::City => Some(Self::County),
            Self::County => Some(Self::Subdistrict),
            Self::Subdistrict => Some(Self::Neighborhood),
            Self::Neighborhood => None,
        }
    }
}

impl Division {
    /// Where it lies itself; nothing lies over a city.
    #[must_use]
    pub(crate) fn place(&self) -> Place {
        let (own, above) = (i64::from(self.id), self.parent.map_or(0, i64::from));
        let (subdistrict, neighborhood) = match self.kind {
            Kind::City | Kind::County => (0, 0),
            Kind::Subdistrict => (own, 0),
            Kind::Neighborhood => (above, own),
        };
        let tenant = i64::from(self.tenant.number());
        Place { city: self.city, tenant, subdistrict, neighborhood, ..Place::default() }
    }
}

/// A division as it stands in a list.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) division: Division,
    /// Divisions directly under it.
    pub(crate) below: i64,
    /// Communities of a neighborhood.
    pub(crate) communities: i64,
}

/// What is typed of a division.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DivisionForm {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) version: String,
}

/// 划归, 撤销: where to, by which document.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Adjusting {
    pub(crate) to: String,
    pub(crate) document: String,
    pub(crate) version: String,
}

/// One row of a tree that comes as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) line: u32,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The code of what it lies under; none for a city.
    pub(crate) parent: Option<String>,
}
