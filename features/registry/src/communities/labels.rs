//! Chinese names for a community's kinds, modes and events, each said once.

use super::types::{Kind, ServiceMode};

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Commodity => "商品房",
        Kind::Old => "老旧小区",
        Kind::Resettlement => "回迁安置",
        Kind::Affordable => "保障性住房",
        Kind::Other => "其他",
    }
}

pub(crate) fn service_mode(mode: ServiceMode) -> &'static str {
    match mode {
        ServiceMode::None => "无物业管理",
        ServiceMode::Market => "市场化",
        ServiceMode::StateOwned => "国有",
        ServiceMode::PublicWelfare => "公益性",
        ServiceMode::Fallback => "社区兜底",
        ServiceMode::SelfManaged => "业主自管",
        ServiceMode::SingleService => "单项服务",
    }
}

pub(crate) fn event(event: &str) -> &'static str {
    match event {
        "registry.community_created" => "新建",
        "registry.community_imported" => "导入",
        "registry.community_edited" => "修改",
        "registry.plan_drawn" => "平面图与位置",
        "registry.record_created" => "登记记录",
        _ => "办理",
    }
}

/// A code or a Chinese name, as people type either in a sheet.
pub(crate) fn kind_named(text: &str) -> Option<Kind> {
    Kind::from_code(text).or_else(|| Kind::ALL.into_iter().find(|it| kind(*it) == text))
}

pub(crate) fn service_mode_named(text: &str) -> Option<ServiceMode> {
    ServiceMode::from_code(text).or_else(|| ServiceMode::ALL.into_iter().find(|it| service_mode(*it) == text))
}
