//! Chinese names for the kinds of divisions and for what happens to one.

use super::types::Kind;

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::City => "市",
        Kind::County => "县区",
        Kind::Subdistrict => "街道、乡镇",
        Kind::Neighborhood => "社区",
    }
}

/// A level as people write it in a sheet.
pub(crate) fn kind_named(text: &str) -> Option<Kind> {
    Some(match text.trim() {
        "市" | "地级市" | "设区市" | "直辖市" | "地市" => Kind::City,
        "县区" | "县" | "区" | "市辖区" | "县级市" | "区县" | "开发区" | "县(市、区)" | "县（市、区）" => {
            Kind::County
        }
        "街道、乡镇" | "街道" | "乡镇" | "镇" | "乡" | "街道乡镇" | "乡镇街道" | "街道（乡镇）" => {
            Kind::Subdistrict
        }
        "社区" | "村" | "居委会" | "村委会" | "社区（村）" | "社区、村" => {
            Kind::Neighborhood
        }
        _ => return None,
    })
}

pub(crate) fn event(event: &str) -> &'static str {
    match event {
        "registry.division_created" => "新建",
        "registry.division_edited" => "修改",
        "registry.division_ended" => "撤销",
        _ => "办理",
    }
}
