//! The nouns: a roll, its units, and the row of a sheet they come from.

use jiff::civil::Date;
use kernel::{Area, Place, UserId, id};
use serde::{Deserialize, Serialize};

id!(RollId);

/// 业主名册, one version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Roll {
    pub(crate) id: RollId,
    pub(crate) place: Place,
    pub(crate) n: i64,
    pub(crate) stage: Stage,
    pub(crate) units: i64,
    pub(crate) area: Area,
    pub(crate) heads: i64,
    pub(crate) digest: String,
    pub(crate) proposed_on: Date,
    pub(crate) proposed_by: UserId,
    pub(crate) days: i64,
    pub(crate) next_step: Date,
    /// What it was cut from, and the buildings and entrances in words; none when it is whole.
    pub(crate) cut: Option<(RollId, String)>,
    pub(crate) version: i64,
}

/// 表决范围: a building, or one entrance of it, whose owners decide for themselves (列支范围).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) building: String,
    /// Empty when it is the whole building.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) entrance: String,
}

impl Part {
    /// As people say it: 3幢, 3幢2单元.
    pub(crate) fn words(&self) -> String {
        let numbered = !self.entrance.is_empty() && self.entrance.bytes().all(|it| it.is_ascii_digit());
        format!("{}{}{}", self.building, self.entrance, if numbered { "单元" } else { "" })
    }

    pub(crate) fn holds(&self, unit: &Unit) -> bool {
        self.building == unit.building && (self.entrance.is_empty() || self.entrance == unit.entrance)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// 待公示: uploaded, seen by nobody but the office.
    Draft,
    /// 公示中: anybody may object.
    Proposed,
    /// 已冻结: what every count of its decisions rests on.
    Frozen {
        on: Date,
    },
    Withdrawn {
        reason: String,
    },
}

/// 专有部分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) unit: String,
    pub(crate) building: String,
    pub(crate) entrance: String,
    pub(crate) kind: String,
    pub(crate) holder: Holder,
    pub(crate) area: Area,
    pub(crate) area_source: AreaSource,
    /// Keys that say nothing about whom they stand for; the same person has the same key in every unit.
    pub(crate) owners: Vec<String>,
    pub(crate) contact: Contact,
}

/// What tells a door from another, which people write in many words: “3栋2单元0501室” and “3-2-501” are 3-2-501; A3-101 is neither
/// 3-101 nor B3-101. Empty when nothing of the kind is there.
pub(crate) fn door(name: &str) -> String {
    let name = identifiers::narrowed(name).to_uppercase();
    let groups = name.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let bare = |it: &str| match it.trim_start_matches('0') {
        "" => "0".to_owned(),
        it => it.to_owned(),
    };
    groups.map(bare).collect::<Vec<_>>().join("-")
}

/// Whose it is: the developer's unsold and undelivered units are one head together (Interpretation, Art. 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Owner,
    Developer,
}

/// 面积来源: 不动产登记簿, then 测绘机构实测, then 房屋买卖合同 (Interpretation, Art. 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AreaSource {
    Register,
    Survey,
    Contract,
}

/// Who the owners are, as it is sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) names: Vec<String>,
    pub(crate) phones: Vec<String>,
}

/// A row of the sheet, read through its heads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct UnitRow {
    pub(crate) line: u32,
    pub(crate) unit: String,
    pub(crate) building: String,
    pub(crate) entrance: String,
    pub(crate) kind: String,
    pub(crate) holder: String,
    pub(crate) area: String,
    pub(crate) area_source: String,
    pub(crate) names: String,
    pub(crate) numbers: String,
    pub(crate) phones: String,
}

/// A unit read from a row; who it belongs to is still in clear, to be made into keys and sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadUnit {
    pub(crate) unit: Unit,
    /// Name and identity number, or whatever else tells one person from another, one per owner.
    pub(crate) people: Vec<String>,
}

impl Stage {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Frozen { .. } => "frozen",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Holder {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Developer => "developer",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        if code == "developer" { Self::Developer } else { Self::Owner }
    }
}

impl AreaSource {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Survey => "survey",
            Self::Contract => "contract",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        match code {
            "survey" => Self::Survey,
            "contract" => Self::Contract,
            _ => Self::Register,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::door;

    #[test]
    fn a_door_is_the_same_in_many_words_and_never_another() {
        for same in ["3栋2单元0501室", "3-2-501", "３－２－５０１", " 3幢 2单元 501 "] {
            assert_eq!(door(same), "3-2-501", "{same}");
        }
        assert_eq!(
            (door("A3-101"), door("b3栋101室"), door("101B")),
            ("A3-101".into(), "B3-101".into(), "101B".into())
        );
        assert_eq!(door("东楼"), "");
    }
}
