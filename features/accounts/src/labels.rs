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

/// What people call a device, from what its browser calls itself: `微信，安卓手机`.
pub(crate) fn device(told: &str) -> String {
    // The first that fits: browsers also bear the names of those they are built on.
    let programs = [
        ("MicroMessenger", "微信"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let machines = [
        ("iPhone", "苹果手机"),
        ("iPad", "苹果平板"),
        ("HarmonyOS", "鸿蒙设备"),
        ("Android", "安卓手机"),
        ("Windows", "Windows电脑"),
        ("Macintosh", "苹果电脑"),
        ("Linux", "Linux电脑"),
    ];
    let named = |names: &[(&str, &'static str)]| names.iter().find(|it| told.contains(it.0)).map(|it| it.1);
    match (named(&programs), named(&machines)) {
        (Some(program), Some(machine)) => format!("{program}，{machine}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "未知设备".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_as_people_call_it() {
        let phone = "Mozilla/5.0 (Linux; Android 13; V2244A) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0";
        assert_eq!(device(phone), "微信，安卓手机");
        let desk = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0";
        assert_eq!(device(desk), "Edge，Windows电脑");
        let apple =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(apple), "Safari，苹果手机");
        assert_eq!(device("curl/8.5"), "未知设备");
    }
}
