//! What a list of communities may show, on the page and in its sheet.

use web::Column;

use super::queries::CommunityView;

type Of = Column<CommunityView>;

const fn text(
    code: &'static str,
    title: &'static str,
    is_usual: bool,
    says: fn(&CommunityView) -> String,
) -> Of {
    Column { code, title, is_number: false, is_usual, says }
}

const fn number(
    code: &'static str,
    title: &'static str,
    is_usual: bool,
    says: fn(&CommunityView) -> String,
) -> Of {
    Column { code, title, is_number: true, is_usual, says }
}

fn maybe(it: Option<i64>) -> String {
    it.map_or(String::new(), |it| it.to_string())
}

pub(crate) const COLUMNS: &[Of] = &[
    text("name", "小区名称", true, |it| it.name.clone()),
    text("number", "编号", true, |it| it.number.clone()),
    text("county", "县区", false, |it| it.county.clone()),
    text("subdistrict", "街道（乡镇）", true, |it| it.subdistrict.clone()),
    text("neighborhood", "社区", true, |it| it.neighborhood.clone()),
    text("kind", "类别", true, |it| it.kind_label.to_owned()),
    text("address", "地址", false, |it| it.address.clone()),
    number("built_year", "建成年份", true, |it| maybe(it.built_year)),
    number("floor_area", "建筑总面积（m²）", false, |it| it.floor_area.clone().unwrap_or_default()),
    number("buildings", "楼栋数", false, |it| maybe(it.buildings)),
    number("entrances", "单元数", false, |it| maybe(it.entrances)),
    number("households", "户数", true, |it| it.households.to_string()),
    text("service_mode", "物业服务方式", true, |it| it.service_mode_label.to_owned()),
    text("enterprise", "物业服务企业", true, |it| it.enterprise.clone().unwrap_or_default()),
    text("note", "补充说明", false, |it| it.note.clone()),
];
