//! Chinese names for an application's stages, channels and parts, each said once.

use ::rules::{Pack, Selects};

use super::types::{Channel, Part, Party, Stage};

pub(crate) fn stage(stage: &Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Draft => ("open", "填写中"),
        Stage::Submitted => ("soon", "待街道审核"),
        Stage::Returned { .. } => ("late", "已退回修改"),
        Stage::Reviewed => ("soon", "待县区审核"),
        Stage::Accepted => ("good", "县区已通过"),
    }
}

/// Code and name of every stage, to narrow a list by.
pub(crate) fn stages() -> Vec<(&'static str, &'static str)> {
    let label = |code: &str| match code {
        "submitted" => stage(&Stage::Submitted),
        "returned" => stage(&Stage::Returned { reason: String::new() }),
        "reviewed" => stage(&Stage::Reviewed),
        "accepted" => stage(&Stage::Accepted),
        _ => stage(&Stage::Draft),
    };
    Stage::CODES.into_iter().map(|code| (code, label(code).1)).collect()
}

pub(crate) fn channel((channel, party): (Channel, Party), selects: Selects) -> &'static str {
    match (channel, party) {
        (Channel::Bureau, _) => "主管部门推荐",
        (Channel::SelfNominated, Party::Committee) => "业委会自愿申报",
        (Channel::SelfNominated, _) if selects == Selects::Community => "小区自愿申请",
        (Channel::SelfNominated, _) => "企业自愿申报",
    }
}

/// The head of a column of what is selected; an enterprise that applies stands beside the one that serves the community.
pub(crate) fn candidate(selects: Selects) -> &'static str {
    match selects {
        Selects::Enterprise => "申报企业",
        other => other.says(),
    }
}

/// The head of the communities an application may be begun from.
pub(crate) fn from_communities(selects: Selects) -> &'static str {
    match selects {
        Selects::Community => "可以申报的小区",
        Selects::Enterprise => "选一个小区作为代表项目申报",
        Selects::ServiceProject => "可以申报的服务项目，按小区",
        Selects::Committee => "可以申报的业主委员会（物业管理委员会），按小区",
        Selects::Person => "申报个人，先选所在的小区",
    }
}

/// The head of what the form asks to be told at length.
pub(crate) fn practices(selects: Selects) -> &'static str {
    match selects {
        Selects::Community => "小区物业管理主要做法及工作成效（对照“美好家园”小区原则要求填报）",
        _ => "主要做法及工作成效（对照原则要求填报）",
    }
}

/// What the notice calls one of its forms; a notice that names none: after what it selects.
pub(crate) fn form_title(pack: &Pack, code: &str, called: &str) -> String {
    let named = pack.forms.iter().find(|it| it.code == code).map(|it| it.title.clone());
    named.unwrap_or_else(|| format!("{}{called}", pack.selects.says()))
}

pub(crate) fn part(part: Part) -> &'static str {
    match part {
        Part::Basics => "党组织、业委会和其他基本情况",
        Part::Contacts => "联系人",
        Part::Practices => "主要做法及工作成效",
    }
}
