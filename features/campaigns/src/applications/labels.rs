//! Chinese names for an application's stages, channels and parts, each said once.

use ::rules::{Pack, Selects};

use super::types::{Channel, Part, Stage};

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

pub(crate) fn channel(channel: Channel, selects: Selects) -> &'static str {
    match channel {
        Channel::SelfNominated if selects == Selects::Community => "小区自愿申请",
        Channel::SelfNominated => "企业自愿申报",
        Channel::Committee => "业委会自愿申报",
        Channel::Bureau => "主管部门推荐",
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
