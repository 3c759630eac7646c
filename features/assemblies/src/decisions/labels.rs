//! Chinese names for what a decision is and where it stands, each said once.

use jiff::Timestamp;

use super::types::{Decision, Opinion, Precedence, Reviewer, Stage};

/// 民法典 278, the nine matters.
pub(crate) const MATTERS: [(u8, &str); 9] = [
    (1, "制定和修改业主大会议事规则"),
    (2, "制定和修改管理规约"),
    (3, "选举业主委员会或者更换业主委员会成员"),
    (4, "选聘和解聘物业服务企业或者其他管理人"),
    (5, "使用建筑物及其附属设施的维修资金"),
    (6, "筹集建筑物及其附属设施的维修资金"),
    (7, "改建、重建建筑物及其附属设施"),
    (8, "改变共有部分的用途或者利用共有部分从事经营活动"),
    (9, "有关共有和共同管理权利的其他重大事项"),
];

pub(crate) fn matter(code: u8) -> &'static str {
    MATTERS.iter().find(|it| it.0 == code).map_or("", |it| it.1)
}

/// 过半数 or 四分之三以上, in words.
pub(crate) fn threshold(matter: u8) -> &'static str {
    if (6..=8).contains(&matter) {
        "应由专有部分面积占比三分之二以上且人数占比三分之二以上的业主参与表决，经参与表决专有部分面积四分之三以上且人数四分之三以上的业主同意"
    } else {
        "应由专有部分面积占比三分之二以上且人数占比三分之二以上的业主参与表决，经参与表决专有部分面积过半数且人数过半数的业主同意"
    }
}

/// The end of a vote as people say it: the last day, 24:00.
pub(crate) fn until(at: Timestamp) -> String {
    let last = kernel::beijing_date(at - jiff::SignedDuration::from_micros(1));
    if calendar::end_of(last) == at { format!("{last} 24:00") } else { kernel::beijing_minute(at) }
}

/// Colour and words, at a moment: a notice is open or closed by the clock alone.
pub(crate) fn stage(it: &Decision, now: Timestamp) -> (&'static str, &'static str) {
    match &it.stage {
        Stage::Draft => ("open", "起草中"),
        Stage::Noticed(noticed) if now < noticed.opens_at => ("open", "公告中，未开始投票"),
        Stage::Noticed(noticed) if noticed.is_open(now) => ("good", "投票中"),
        Stage::Noticed(_) => ("open", "已截止，待封票"),
        Stage::Sealed(..) => ("open", "已封票，待计票"),
        Stage::Provisional(..) => ("open", "初步结果公示中"),
        Stage::Final(..) => ("done", "已有最终结果"),
        Stage::Cancelled { .. } => ("refused", "已取消"),
    }
}

pub(crate) fn reviewer(it: Reviewer) -> &'static str {
    match it {
        Reviewer::Branch => "小区党支部审议意见",
        Reviewer::Neighborhood => "社区党组织审议意见",
        Reviewer::Legality => "街道合法合规审查",
    }
}

pub(crate) fn opinion(it: Opinion) -> &'static str {
    match it {
        Opinion::Agree => "同意提交表决",
        Opinion::Adverse => "有不同意见",
        Opinion::Exempt => "逾期豁免",
    }
}

pub(crate) fn precedence(it: Precedence) -> &'static str {
    match it {
        Precedence::Paper => "既有网上票又有纸质票的，以纸质票为准",
        Precedence::Online => "既有网上票又有纸质票的，以网上票为准",
        Precedence::Latest => "既有网上票又有纸质票的，以后投的为准",
    }
}

pub(crate) fn channel(code: &str) -> &'static str {
    match code {
        "paper" => "纸质",
        _ => "网上",
    }
}
