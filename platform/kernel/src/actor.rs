//! The person, or the clock's job, on whose behalf a request runs.

use serde::{Deserialize, Serialize};

use crate::{Place, Scope, id};

id!(UserId);

/// One person under one chosen hat. Rights of several hats never add up (双向进入、交叉任职).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub user: UserId,
    pub hat: Hat,
}

/// A post somebody holds: what they do, where, and for which body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hat {
    /// The grant's id, which the audit log keeps; 0 for jobs and the public.
    pub grant: i64,
    pub role: Role,
    pub scope: Scope,
}

/// What a person does here. The Chinese names are in `GLOSSARY.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    SystemAdministrator,
    SecurityAdministrator,
    AuditAdministrator,
    CityBureau,
    CountyBureau,
    Subdistrict,
    Neighborhood,
    PartyBranch,
    Enterprise,
    OwnersCommittee,
    Assessor,
    Owner,
    GridWorker,
    HotlineOperator,
    CoHandler,
    PreparatoryGroup,
    Observer,
    /// The clock's door: a job acting for whoever asked for it.
    Job,
    Public,
}

impl Role {
    pub const ALL: [Self; 19] = [
        Self::SystemAdministrator,
        Self::SecurityAdministrator,
        Self::AuditAdministrator,
        Self::CityBureau,
        Self::CountyBureau,
        Self::Subdistrict,
        Self::Neighborhood,
        Self::PartyBranch,
        Self::Enterprise,
        Self::OwnersCommittee,
        Self::Assessor,
        Self::Owner,
        Self::GridWorker,
        Self::HotlineOperator,
        Self::CoHandler,
        Self::PreparatoryGroup,
        Self::Observer,
        Self::Job,
        Self::Public,
    ];

    /// The name in the store, in JSON and in the policy tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SystemAdministrator => "system_administrator",
            Self::SecurityAdministrator => "security_administrator",
            Self::AuditAdministrator => "audit_administrator",
            Self::CityBureau => "city_bureau",
            Self::CountyBureau => "county_bureau",
            Self::Subdistrict => "subdistrict",
            Self::Neighborhood => "neighborhood",
            Self::PartyBranch => "party_branch",
            Self::Enterprise => "enterprise",
            Self::OwnersCommittee => "owners_committee",
            Self::Assessor => "assessor",
            Self::Owner => "owner",
            Self::GridWorker => "grid_worker",
            Self::HotlineOperator => "hotline_operator",
            Self::CoHandler => "co_handler",
            Self::PreparatoryGroup => "preparatory_group",
            Self::Observer => "observer",
            Self::Job => "job",
            Self::Public => "public",
        }
    }

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// 三员: the three administrators, of which nobody may be two.
    #[must_use]
    pub const fn is_administrator(self) -> bool {
        matches!(self, Self::SystemAdministrator | Self::SecurityAdministrator | Self::AuditAdministrator)
    }

    /// Works for an office or a body, and so needs the second factor.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Owner | Self::Public | Self::Job)
    }
}

impl Actor {
    /// Whoever has not said who they are.
    #[must_use]
    pub fn public() -> Self {
        Self { user: UserId::from(0), hat: Hat { grant: 0, role: Role::Public, scope: Scope::Nothing } }
    }

    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.hat.role == role
    }

    /// Whether the hat worn now is one of `roles`.
    #[must_use]
    pub fn is_one_of(&self, roles: &[Role]) -> bool {
        roles.contains(&self.hat.role)
    }

    #[must_use]
    pub fn serves(&self, place: &Place) -> bool {
        self.hat.scope.covers(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_back_from_its_code() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("emperor"), None);
    }
}
