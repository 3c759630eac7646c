//! The registers there are: what each is called, what its fields mean, and what they may be.

/// 服务项目: which enterprise serves a community from when.
pub(crate) const SERVICE_PROJECT: &str = "service_project";

/// One register.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    /// What `title` of a record is here: 活动名称, 处罚决定书文号.
    pub(crate) about: &'static str,
    /// What the date is here: 调查结束日期, 发生日期.
    pub(crate) on: &'static str,
    /// What the end date is, where there is one.
    pub(crate) until: Option<&'static str>,
    /// What the two numbers are, where there are any.
    pub(crate) part: Option<&'static str>,
    pub(crate) whole: Option<&'static str>,
    pub(crate) classes: &'static [(&'static str, &'static str)],
    pub(crate) statuses: &'static [(&'static str, &'static str)],
    /// The record is about the enterprise as well as, or instead of, the community.
    pub(crate) names_enterprise: bool,
}

const PLAIN: Kind = Kind {
    code: "",
    title: "",
    about: "事项",
    on: "日期",
    until: None,
    part: None,
    whole: None,
    classes: &[],
    statuses: &[],
    names_enterprise: false,
};

const OPEN_OR_CLOSED: &[(&str, &str)] = &[("open", "未整改"), ("closed", "已整改")];
const CONFIRMED: &[(&str, &str)] = &[("confirmed", "已查实"), ("dismissed", "未查实")];
const DISPLAYED: &[(&str, &str)] = &[("displayed", "已公示"), ("missing", "未公示")];

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        code: "survey",
        title: "满意度调查",
        about: "调查名称",
        on: "调查结束日期",
        part: Some("满意份数"),
        whole: Some("有效份数"),
        ..PLAIN
    },
    Kind {
        code: "fee_collection",
        title: "物业费收缴",
        about: "收费年度",
        on: "统计截止日期",
        part: Some("已收金额（元）"),
        whole: Some("应收金额（元）"),
        ..PLAIN
    },
    Kind {
        code: "complaints",
        title: "投诉统计",
        about: "统计期间",
        on: "统计截止日期",
        part: Some("投诉件数"),
        ..PLAIN
    },
    Kind {
        code: "incident",
        title: "安全事故",
        about: "事故经过",
        on: "发生日期",
        classes: &[("general", "一般"), ("larger", "较大"), ("major", "重大"), ("extraordinary", "特别重大")],
        ..PLAIN
    },
    Kind {
        code: "opinion_event",
        title: "社会舆情",
        about: "舆情内容",
        on: "发生日期",
        classes: &[("general", "一般"), ("larger", "较大"), ("major", "重大")],
        ..PLAIN
    },
    Kind {
        code: "penalty",
        title: "行政处罚",
        about: "处罚决定书文号",
        on: "处罚日期",
        names_enterprise: true,
        ..PLAIN
    },
    Kind {
        code: "listed",
        title: "治理类名单",
        about: "名单名称",
        on: "列入日期",
        until: Some("移出日期"),
        ..PLAIN
    },
    Kind {
        code: "finding",
        title: "查实问题",
        about: "问题描述",
        on: "发现日期",
        classes: &[
            ("illegal_building", "违章搭建"),
            ("fire_lane", "占用堵塞消防通道"),
            ("thrown_objects", "高空抛物"),
            ("load_bearing", "擅自拆改承重结构"),
            ("parking", "停放、充电不规范"),
            ("animals", "不文明饲养动物"),
            ("overcharging", "乱收费"),
            ("noise", "噪声扰民"),
            ("waste_sorting", "垃圾不分类投放"),
            ("committee_violation", "业委会（物管会）人员违法违规"),
            ("concentrated_complaints", "有效投诉集中"),
        ],
        statuses: OPEN_OR_CLOSED,
        ..PLAIN
    },
    Kind {
        code: "disclosure",
        title: "公示事项",
        about: "公示位置",
        on: "核查日期",
        classes: &[
            ("complaint_phones", "部门投诉、咨询电话"),
            ("utility_phones", "水电气热等运营单位电话"),
            ("prices", "服务标准和收费"),
            ("enforcement", "执法下沉小区事项清单"),
        ],
        statuses: DISPLAYED,
        ..PLAIN
    },
    Kind {
        code: "committee",
        title: "业委会与物管会",
        about: "名称",
        on: "选举或组建日期",
        until: Some("任期届满"),
        part: Some("党员人数"),
        whole: Some("成员人数"),
        classes: &[("owners", "业主委员会"), ("management", "物业管理委员会"), ("other", "其他形式")],
        statuses: &[("filed", "已备案"), ("unfiled", "未备案")],
        ..PLAIN
    },
    Kind {
        code: "committee_meeting", title: "业委会会议", about: "议题", on: "会议日期", ..PLAIN
    },
    Kind {
        code: "party_org",
        title: "党组织",
        about: "党组织全称",
        on: "成立日期",
        classes: &[
            ("branch", "小区党支部"),
            ("grid_branch", "网格党支部"),
            ("working_group", "党的工作小组"),
        ],
        statuses: &[("with_site", "有活动场所"), ("without_site", "无活动场所")],
        ..PLAIN
    },
    Kind {
        code: "honour",
        title: "荣誉",
        about: "荣誉称号",
        on: "授予日期",
        classes: &[("county", "县区级"), ("city", "市级"), ("province", "省级"), ("nation", "国家级")],
        statuses: &[
            ("awarded", "已授予"),
            ("applied", "正在申报"),
            ("within_awarded", "已授予（小区内的单位或个人）"),
            ("within_applied", "正在申报（小区内的单位或个人）"),
        ],
        ..PLAIN
    },
    Kind {
        code: "credit",
        title: "企业信用",
        about: "评价期间",
        on: "评价日期",
        part: Some("得分"),
        whole: Some("满分"),
        names_enterprise: true,
        ..PLAIN
    },
    Kind {
        code: "inspection",
        title: "日常检查",
        about: "检查内容",
        on: "检查日期",
        part: Some("得分"),
        whole: Some("满分"),
        classes: &[("general", "综合"), ("facilities", "环境与设施"), ("waste_sorting", "垃圾分类")],
        statuses: &[("good", "合格"), ("poor", "不合格")],
        ..PLAIN
    },
    Kind {
        code: "enforcement_visit", title: "执法进小区", about: "部门与事项", on: "日期", ..PLAIN
    },
    Kind {
        code: "utility_visit", title: "专业服务进小区", about: "单位与事项", on: "日期", ..PLAIN
    },
    Kind {
        code: "mechanism",
        title: "联建共治机制",
        about: "机制名称",
        on: "建立日期",
        classes: &[
            ("community", "小区多方协调机制"),
            ("street_enforcement", "街道综合执法机制"),
            ("joint_meeting", "联席会议"),
        ],
        statuses: &[("effective", "有效运行"), ("idle", "未运行")],
        ..PLAIN
    },
    Kind { code: "activity", title: "文化活动", about: "活动名称", on: "活动日期", ..PLAIN },
    Kind {
        code: "life_service",
        title: "生活服务",
        about: "服务内容",
        on: "开办日期",
        until: Some("停办日期"),
        classes: &[
            ("elderly", "养老"),
            ("childcare", "托幼"),
            ("housekeeping", "家政"),
            ("parcels", "快递收发"),
            ("health", "健康"),
            ("other", "其他"),
        ],
        ..PLAIN
    },
    Kind {
        code: "complaint_handler",
        title: "诉求专人",
        about: "专人的职务、姓名和接待时间",
        on: "明确日期",
        until: Some("调整日期"),
        ..PLAIN
    },
    Kind {
        code: "service_window",
        title: "办事窗口",
        about: "窗口位置和开放时间",
        on: "设立日期",
        until: Some("撤销日期"),
        classes: &[
            ("all", "交费、诉求、咨询"),
            ("fees", "物业交费"),
            ("requests", "诉求办理"),
            ("advice", "意见咨询"),
        ],
        ..PLAIN
    },
    Kind {
        code: "emergency",
        title: "应急预案与演练",
        about: "预案或演练",
        on: "日期",
        classes: &[("plan", "预案"), ("drill", "演练")],
        ..PLAIN
    },
    Kind {
        code: "archive",
        title: "档案清单",
        about: "核查说明",
        on: "核查日期",
        statuses: &[("complete", "完整"), ("incomplete", "不完整")],
        ..PLAIN
    },
    Kind { code: "patrol", title: "巡查劝阻报告", about: "事项与结果", on: "日期", ..PLAIN },
    Kind {
        code: "hazard",
        title: "安全隐患",
        about: "隐患与处置",
        on: "发现日期",
        classes: &[("marked", "设置警示标志"), ("removed", "排除隐患"), ("reported", "报告专业机构")],
        statuses: OPEN_OR_CLOSED,
        ..PLAIN
    },
    Kind { code: "mediation", title: "纠纷调解", about: "纠纷与结果", on: "调解日期", ..PLAIN },
    Kind {
        code: "finding_report",
        title: "举报核查",
        about: "举报内容",
        on: "核查日期",
        statuses: CONFIRMED,
        ..PLAIN
    },
    Kind {
        code: "judgement",
        title: "人工认定",
        about: "认定依据",
        on: "认定日期",
        classes: &[
            ("committee_running_well", "业委会（物管会）运行规范"),
            ("street_guidance", "街道社区党建引领有效"),
        ],
        statuses: &[("yes", "是"), ("no", "否")],
        ..PLAIN
    },
    Kind {
        code: "enterprise_party",
        title: "企业党建",
        about: "企业党组织全称",
        on: "成立或选派日期",
        until: Some("撤销日期"),
        classes: &[("branch", "单独组建"), ("joint", "联合组建"), ("instructor", "选派党建指导员")],
        names_enterprise: true,
        ..PLAIN
    },
    Kind {
        code: "commendation",
        title: "先进集体和个人",
        about: "集体或个人及称号",
        on: "授予日期",
        classes: &[("group", "先进集体"), ("person", "先进个人")],
        statuses: &[("awarded", "已授予"), ("applied", "推报中")],
        ..PLAIN
    },
    Kind {
        code: SERVICE_PROJECT,
        title: "物业服务项目",
        about: "合同名称",
        on: "合同起始",
        until: Some("合同届满"),
        part: Some("服务费（分/m²·月）"),
        names_enterprise: true,
        ..PLAIN
    },
];

pub(crate) fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|it| it.code == code)
}

/// A code's Chinese name, or a Chinese name's code: people type either.
pub(crate) fn choice(choices: &[(&'static str, &'static str)], typed: &str) -> Option<&'static str> {
    choices.iter().find(|(code, label)| *code == typed || *label == typed).map(|it| it.0)
}

pub(crate) fn label(choices: &[(&'static str, &'static str)], code: &str) -> &'static str {
    choices.iter().find(|it| it.0 == code).map_or("", |it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: SC-021
    #[test]
    fn a_party_organisation_is_a_branch_of_a_community_or_a_grid_or_a_working_group() {
        let kind = kind("party_org").map(|it| it.classes).unwrap_or_default();
        for (typed, code) in
            [("小区党支部", "branch"), ("网格党支部", "grid_branch"), ("党的工作小组", "working_group")]
        {
            assert_eq!(choice(kind, typed), Some(code));
        }
        assert_eq!((kind.len(), choice(kind, "党委")), (3, None));
    }
}
