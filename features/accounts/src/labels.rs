//! Chinese names for the enums of this room, each said once.

use kernel::Role;

/// 职务.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::SystemAdministrator => "系统管理员",
        Role::SecurityAdministrator => "安全管理员",
        Role::AuditAdministrator => "审计管理员",
        Role::CityBureau => "市级物业主管部门",
        Role::CountyBureau => "县区物业主管部门",
        Role::Subdistrict => "街道（乡镇）",
        Role::Neighborhood => "社区",
        Role::PartyBranch => "小区党支部书记",
        Role::Enterprise => "物业服务企业",
        Role::OwnersCommittee => "业主委员会",
        Role::Assessor => "测评人员",
        Role::Owner => "业主",
        Role::GridWorker => "网格员",
        Role::HotlineOperator => "热线坐席",
        Role::CoHandler => "协办部门",
        Role::PreparatoryGroup => "业主大会筹备组",
        Role::Observer => "观察员",
        Role::Job => "定时任务",
        Role::Public => "公众",
    }
}
