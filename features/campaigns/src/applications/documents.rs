//! 附件3 as a paper to seal: the annex's own rows and columns.

use documents::{Block, Fault, FormCell, write_docx};

use super::queries::ApplicationView;

/// The annex as DOCX, ready for the two seals.
pub(crate) fn annex_3(view: &ApplicationView) -> Result<Vec<u8>, Fault> {
    let (community, answers) = (&view.community, &view.application.answers);
    let contact = |who: &str| {
        answers.contacts.get(who).map_or(String::new(), |(name, phone)| format!("{name}　{phone}"))
    };
    let number = |label: &str, it: Option<String>, unit: &str| {
        it.map_or(format!("{label}：　　　"), |it| format!("{label}：{it}{unit}"))
    };
    let basics = [
        number("建成时间", community.built_year.map(|it| it.to_string()), "年"),
        number("建筑总面积", community.floor_area.as_ref().map(ToString::to_string), " m²"),
        number("楼栋数", community.buildings.map(|it| it.to_string()), ""),
        number("单元数", community.entrances.map(|it| it.to_string()), ""),
        format!("户数：{}", community.households),
    ];
    let basics = format!("{}\n{}", basics.join("　"), answers.other);
    let practices: Vec<String> = super::rules::practices(&view.campaign.pack)
        .iter()
        .enumerate()
        .map(|(n, code)| format!("{}. {}", n + 1, answers.practices.get(code).map_or("", String::as_str)))
        .collect();
    let row = |head: &str, text: &str| vec![FormCell::head(head), FormCell::text(text, 3)];
    let pair = |head: &str, text: &str, second: &str, more: &str| {
        vec![FormCell::head(head), FormCell::text(text, 1), FormCell::head(second), FormCell::text(more, 1)]
    };
    let seal =
        |who: &str| FormCell::text(&format!("{who}（盖章）\n\n\n　　　　年　　月　　日"), 2).at_least(35);
    let enterprise = community.enterprise.clone().unwrap_or_default();
    let subject = view.application.subject.as_ref();
    let subject = subject.map(|it| row(&format!("申报的{}", view.campaign.pack.selects.says()), it));
    let mut rows: Vec<_> = subject.into_iter().collect();
    rows.extend([
        row("小区名称", &community.name),
        pair("所在县/区", &community.county, "所在街道（乡镇）", &community.subdistrict),
        row("所在社区", &community.neighborhood),
        row("小区基本情况", &basics),
        pair("小区党组织全称", &answers.party_org, "联系人及联系电话", &contact("party")),
        pair("物业服务企业全称", &enterprise, "项目联系人及联系电话", &contact("project")),
        pair("业主委员会名称情况", &answers.committee, "联系人及联系电话", &contact("committee")),
        row(super::labels::practices(view.campaign.pack.selects), &practices.join("\n")),
        vec![seal("业主委员会"), seal("物业服务企业")],
    ]);
    write_docx(&[
        Block::Mark("附件3".to_owned()),
        Block::Title(super::labels::form_title(&view.campaign.pack, "annex-3", "自荐表")),
        Block::Form { widths: vec![22, 30, 20, 28], rows },
    ])
}
