//! Chinese names for the enums of this room, each said once, with the colour they are shown in.

use jiff::Timestamp;

use super::types::{Channel, Kind, Openness, Outcome, Stage};
use crate::profiles::types::Urgency;

/// Colour and words.
pub(crate) fn stage(stage: &Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Filed => ("open", "待派单"),
        Stage::Dispatched { .. } => ("open", "待接单"),
        Stage::Returned { .. } => ("soon", "退单审核"),
        Stage::Accepted { .. } => ("good", "处理中"),
        Stage::Answered { .. } => ("good", "已答复，待评价"),
        Stage::Closed { outcome, .. } => ("done", outcome_label(*outcome)),
        Stage::Declined { .. } => ("refused", "不予受理"),
        Stage::Transferred { .. } => ("done", "已转专线"),
        Stage::Withdrawn => ("done", "已撤回"),
        Stage::Merged { .. } => ("done", "已并入同一问题"),
    }
}

fn outcome_label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Confirmed => "已办结（群众确认）",
        Outcome::Checked => "已办结（核查）",
        Outcome::CalledBack => "已办结（回访）",
        Outcome::Unsolved => "已办结（群众认为未解决）",
        Outcome::Unrated => "已办结（未评价）",
        Outcome::Noted => "已转告",
    }
}

pub(crate) fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Danger => "危及安全",
        Urgency::Utilities => "水电气暖电梯",
        Urgency::Ordinary => "一般",
        Urgency::Complex => "疑难复杂",
    }
}

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "投诉",
        Kind::Repair => "报修",
        Kind::Help => "求助",
        Kind::Question => "咨询",
        Kind::Suggestion => "建议",
        Kind::Praise => "表扬",
        Kind::Disclosure => "举报",
    }
}

pub(crate) fn openness(openness: Openness) -> &'static str {
    match openness {
        Openness::Public => "公开（邻居可以看到和关注，不含个人信息）",
        Openness::Private => "不公开",
        Openness::Anonymous => "对企业匿名（企业只看到楼栋，看不到姓名、电话和门牌）",
    }
}

pub(crate) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "网上自报",
        Channel::Desk => "服务窗口",
        Channel::Grid => "网格员",
        Channel::Hotline12345 => "12345热线",
        Channel::Hotline12319 => "12319热线",
        Channel::Platform => "其他平台",
    }
}

/// Code and label of each choice of a field.
pub(crate) type Options = Vec<(String, String)>;

/// What a report may be about, of which kind, and how open: the same on every form.
pub(crate) fn categories() -> Options {
    crate::profiles::rules::categories().iter().map(|it| (it.code.clone(), it.title.clone())).collect()
}

pub(crate) fn kinds() -> Options {
    Kind::ALL.iter().map(|it| (it.code().to_owned(), kind(*it).to_owned())).collect()
}

pub(crate) fn ways_open() -> Options {
    Openness::ALL.iter().map(|it| (it.code().to_owned(), openness(*it).to_owned())).collect()
}

/// What bodies of a kind are called.
pub(crate) fn body_kind(code: &str) -> &'static str {
    match code {
        "enterprise" => "物业企业",
        "committee" => "业委会",
        "branch" => "小区党支部",
        "neighborhood" => "社区",
        "subdistrict" => "街道（乡镇）",
        "county" => "物业主管部门",
        _ => "县直部门",
    }
}

/// 三级吹哨报到 (SC-062–064), and what comes after.
pub(crate) fn level(level: i64) -> &'static str {
    match level {
        ..=1 => "第一级：小区党支部、业委会、物业企业",
        2 => "第二级：社区",
        3 => "第三级：乡镇（街道）及有关单位",
        _ => "联席会议",
    }
}

/// What is said when a verb has been done.
pub(crate) fn done(verb: &str) -> &'static str {
    match verb {
        "confirm" => "已查实并记入台账",
        "dispatch" => "已派单",
        "decline" => "已登记不予受理，反映人能看到理由",
        "transfer" => "已转专线",
        "give-back" => "退单申请已提交，等待审核；时限不停",
        "refuse-return" => "已退回承办单位继续办理",
        "accept" => "已接单",
        "ask-extend" => "延期申请已提交，等待答复；时限不停",
        "refuse-extend" => "已答复不同意延期",
        "extend" => "已同意延期，反映人能看到",
        "answer" => "已答复，等待反映人评价",
        "close" => "已核查结案",
        "call-back" => "回访已登记",
        "supervise" => "已督办，承办单位能看到",
        "merge" => "已并案",
        "split" => "已撤销并案，请重新派单",
        "blow" => "已吹哨，上一级已收到；本件答复时限不变",
        "correct" => "已更正，反映人和承办单位能看到",
        _ => "已办理",
    }
}

/// A deadline as people say it: a midnight is the 24 o'clock of the day before.
pub(crate) fn until(at: Timestamp) -> String {
    let minute = kernel::beijing_minute(at);
    match minute.strip_suffix(" 00:00") {
        Some(_) => {
            format!("{} 24时", kernel::beijing_date(at - jiff::SignedDuration::from_secs(1)))
        }
        None => minute,
    }
}

/// How long is left or over, in the unit a person would use.
pub(crate) fn left(due: Timestamp, now: Timestamp) -> String {
    let (minutes, over) = {
        let minutes = due.duration_since(now).as_mins();
        (minutes.abs(), minutes < 0)
    };
    let amount = match minutes {
        0..=59 => format!("{minutes}分钟"),
        60..=2879 => format!("{}小时", minutes / 60),
        _ => format!("{}天", minutes / 1440),
    };
    if over { format!("已超{amount}") } else { format!("还剩{amount}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_said_as_people_say_them() {
        let at = |text: &str| format!("{text}:00+08:00").parse::<Timestamp>().unwrap();
        assert_eq!(until(at("2024-08-27T00:00")), "2024-08-26 24时");
        assert_eq!(until(at("2024-08-27T15:30")), "2024-08-27 15:30");
        assert_eq!(left(at("2024-08-27T15:30"), at("2024-08-27T15:00")), "还剩30分钟");
        assert_eq!(left(at("2024-08-27T15:30"), at("2024-08-28T18:00")), "已超26小时");
        assert_eq!(left(at("2024-08-30T15:30"), at("2024-08-27T15:00")), "还剩3天");
    }
}
