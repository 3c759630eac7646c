//! How a sheet's row becomes a form, and how its faults are told by the cell. Pure.

use std::collections::BTreeMap;

use kernel::{FieldError, Problem, Refusal};

use super::types::{COMMUNITIES, ENTERPRISES, Import, Mode, Stage, StagedRow};
use crate::{
    communities::CommunityForm,
    enterprises::EnterpriseForm,
    records::{self, RecordForm},
};

/// Field, its head in the template, and other heads people use.
pub(crate) type Field = (&'static str, &'static str, &'static [&'static str]);

const OF_COMMUNITIES: &[Field] = &[
    ("name", "小区名称", &["名称", "小区", "小区名"]),
    ("subdistrict", "所在街道（乡镇）", &["街道（乡镇）", "街道", "乡镇", "所属街道", "镇街"]),
    ("neighborhood", "所在社区", &["社区", "社区名称", "所属社区"]),
    ("kind", "小区类别", &["类别", "类型"]),
    ("address", "地址", &["小区地址", "坐落"]),
    ("built_year", "建成年份", &["建成时间", "建成年代"]),
    ("floor_area", "建筑总面积", &["建筑面积", "总建筑面积", "建筑总面积（m²）", "建筑面积（平方米）"]),
    ("buildings", "楼栋数", &["栋数", "楼栋"]),
    ("entrances", "单元数", &["单元"]),
    ("households", "户数", &["总户数", "住户数"]),
    ("service_mode", "物业服务方式", &["服务方式", "物业类型"]),
    ("note", "补充说明", &["备注"]),
];

const OF_ENTERPRISES: &[Field] = &[
    ("name", "企业全称", &["企业名称", "名称", "物业服务企业", "物业公司", "公司名称"]),
    ("uscc", "统一社会信用代码", &["信用代码", "社会信用代码", "统一代码"]),
    ("note", "补充说明", &["备注"]),
];

/// What a file of this register may say, in the order of the template.
pub(crate) fn fields(register: &str) -> Vec<Field> {
    if register == ENTERPRISES {
        return OF_ENTERPRISES.to_vec();
    }
    let Some(kind) = records::kinds::kind(register) else { return OF_COMMUNITIES.to_vec() };
    let mut fields: Vec<Field> = vec![
        ("community", "小区", &["小区名称", "小区编号", "编号", "名称"]),
        ("title", kind.about, &["事项", "内容"]),
        ("happened_on", kind.on, &["日期"]),
    ];
    fields.extend(kind.until.map(|it| ("ends_on", it, &[] as &[&str])));
    if !kind.classes.is_empty() {
        fields.push(("class", "类别", &["类型"]));
    }
    if !kind.statuses.is_empty() {
        fields.push(("status", "状态", &["结果"]));
    }
    fields.extend(kind.part.map(|it| ("part", it, &[] as &[&str])));
    fields.extend(kind.whole.map(|it| ("whole", it, &[] as &[&str])));
    if kind.names_enterprise {
        fields.push(("enterprise", "物业服务企业全称", &["物业服务企业", "企业名称", "物业公司"]));
    }
    fields.push(("evidence", "佐证材料说明", &["佐证", "备注"]));
    fields
}

/// The columns without which nothing of this register can be read.
fn needed(register: &str) -> &'static [&'static str] {
    match register {
        COMMUNITIES => &["name", "neighborhood", "households"],
        ENTERPRISES => &["name", "uscc"],
        _ => &["community", "title", "happened_on"],
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ImportRefusal {
    #[error("这个文件已经开始导入，不能重复办理")]
    AlreadyStarted,
    #[error("文件中有{0}行不能导入。请下载更正表修改后重新上传，或选择“只导入正确的行”")]
    HasFaults(i64),
    #[error("请先指定{0}各列，再导入")]
    NothingMapped(String),
}

impl Refusal for ImportRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyStarted => "registry.import_started",
            Self::HasFaults(_) => "registry.import_has_faults",
            Self::NothingMapped(_) => "registry.import_unmapped",
        }
    }
}

/// The columns whose heads are known names of a field.
pub(crate) fn guess(register: &str, header: &[String]) -> BTreeMap<String, usize> {
    let bare = |it: &str| it.trim().trim_start_matches('*').trim_end_matches(['*', '：', ':']).to_owned();
    let find = |title: &str, aliases: &[&str]| {
        let of = |name: &str| header.iter().position(|it| bare(it) == name);
        of(title).or_else(|| aliases.iter().find_map(|it| of(it)))
    };
    fields(register)
        .into_iter()
        .filter_map(|(field, title, aliases)| Some((field.to_owned(), find(title, aliases)?)))
        .collect()
}

/// The neighborhoods people write, by name alone and by street and name; several of one name are told apart by the street.
#[derive(Debug, Default)]
pub(crate) struct Neighborhoods(BTreeMap<String, Vec<i64>>);

impl Neighborhoods {
    /// `full`: 城关镇 桃溪社区, as the register says it.
    pub(crate) fn add(&mut self, full: &str, id: i64) {
        let short = full.rsplit(' ').next().unwrap_or_default();
        for name in [full.replace(' ', ""), short.to_owned()] {
            self.0.entry(name).or_default().push(id);
        }
    }

    /// The one that is meant, or why it is not to be told.
    fn meant(&self, street: &str, named: &str) -> Result<Option<i64>, FieldError> {
        let bare = |it: &str| it.replace([' ', '\u{3000}'], "");
        let (street, named) = (bare(street), bare(named));
        if named.is_empty() {
            return Ok(None);
        }
        let written = if named.starts_with(&street) { named.clone() } else { format!("{street}{named}") };
        match self.0.get(&written).map_or(&[][..], Vec::as_slice) {
            [id] => Ok(Some(*id)),
            [] => {
                let says = format!("台账中没有“{written}”，请核对街道（乡镇）和社区名称");
                Err(FieldError::new("neighborhood", says))
            }
            _ => {
                let says = format!("有几个社区叫“{written}”，请填写所在街道（乡镇）");
                Err(FieldError::new("neighborhood", says))
            }
        }
    }
}

/// A row read through the mapping, and what is wrong with its neighborhood: the other cells are looked at all the same.
pub(crate) fn form(
    row: &StagedRow,
    mapping: &BTreeMap<String, usize>,
    neighborhoods: &Neighborhoods,
) -> (CommunityForm, Option<FieldError>) {
    let cell =
        |field: &str| mapping.get(field).and_then(|it| row.cells.get(*it)).cloned().unwrap_or_default();
    let or = |text: String, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text };
    let (neighborhood, fault) = match neighborhoods.meant(&cell("subdistrict"), &cell("neighborhood")) {
        Ok(found) => (found, None),
        Err(fault) => (None, Some(fault)),
    };
    let form = CommunityForm {
        name: cell("name"),
        neighborhood: neighborhood.map_or(String::new(), |it| it.to_string()),
        kind: or(cell("kind"), "商品房"),
        address: cell("address"),
        // 2015年 and 2015-06-01 are how people write a year.
        built_year: cell("built_year").chars().take(4).collect(),
        floor_area: cell("floor_area"),
        buildings: cell("buildings"),
        entrances: cell("entrances"),
        households: cell("households"),
        service_mode: or(cell("service_mode"), "无物业管理"),
        note: cell("note"),
        version: String::new(),
    };
    (form, fault)
}

/// A row as the form of an enterprise.
pub(crate) fn enterprise_form(row: &StagedRow, mapping: &BTreeMap<String, usize>) -> EnterpriseForm {
    let cell =
        |field: &str| mapping.get(field).and_then(|it| row.cells.get(*it)).cloned().unwrap_or_default();
    EnterpriseForm { name: cell("name"), uscc: cell("uscc"), note: cell("note"), version: String::new() }
}

/// A row as the form of a record of `kind`, and what it calls its community.
pub(crate) fn record_form(
    row: &StagedRow,
    mapping: &BTreeMap<String, usize>,
    kind: &str,
) -> (String, RecordForm) {
    let cell =
        |field: &str| mapping.get(field).and_then(|it| row.cells.get(*it)).cloned().unwrap_or_default();
    let form = RecordForm {
        kind: kind.to_owned(),
        class: cell("class"),
        status: cell("status"),
        title: cell("title"),
        happened_on: day(&cell("happened_on")),
        ends_on: day(&cell("ends_on")),
        part: cell("part"),
        whole: cell("whole"),
        evidence: cell("evidence"),
        enterprise: cell("enterprise"),
        version: String::new(),
    };
    (cell("community").trim().to_owned(), form)
}

/// 2024/8/5, 2024.8.5 and 2024年8月5日 are how people write a day; a spreadsheet adds a midnight to it.
fn day(text: &str) -> String {
    let text = text.trim().split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> =
        text.split(['-', '/', '.', '年', '月', '日']).filter(|it| !it.is_empty()).collect();
    match parts[..] {
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    }
}

/// What is wrong, cell by cell: `B7：请选择所在社区`.
pub(crate) fn faults(errors: &[FieldError], row: &StagedRow, mapping: &BTreeMap<String, usize>) -> String {
    let told = |it: &FieldError| match mapping.get(it.field.as_ref()) {
        Some(column) => {
            let line = u32::try_from(row.line).unwrap_or(0);
            format!("{}：{}", documents::cell_name(*column, line), it.message)
        }
        None => format!("第{}行：{}", row.line, it.message),
    };
    errors.iter().map(told).collect::<Vec<_>>().join("；")
}

/// Only an import under way ends, and only once: two processes may have taken it up.
pub(crate) fn running(import: &Import) -> Result<(), ImportRefusal> {
    if import.stage == Stage::Applying { Ok(()) } else { Err(ImportRefusal::AlreadyStarted) }
}

pub(crate) fn start(import: &Import, mode: Mode) -> Result<(), Problem> {
    if import.stage != Stage::Staged {
        return Err(ImportRefusal::AlreadyStarted.into());
    }
    let needed = needed(&import.register);
    if needed.iter().any(|it| !import.mapping.contains_key(*it)) {
        let titles = fields(&import.register).into_iter().filter(|it| needed.contains(&it.0));
        let titles = titles.map(|it| format!("“{}”", it.1)).collect();
        return Err(ImportRefusal::NothingMapped(titles).into());
    }
    if mode == Mode::AllOrNothing && 0 < import.counts.refused {
        return Err(ImportRefusal::HasFaults(import.counts.refused).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_known_by_their_usual_names() {
        let header = ["序号", "*小区名称", "所属社区", "总户数：", "建筑面积（平方米）"].map(str::to_owned);
        let mapping = guess(COMMUNITIES, &header);
        let found: Vec<_> = mapping.iter().map(|(field, column)| (field.as_str(), *column)).collect();
        assert_eq!(found, [("floor_area", 4), ("households", 3), ("name", 1), ("neighborhood", 2)]);
    }

    #[test]
    fn neighborhoods_of_one_name_are_told_apart_by_their_street() {
        let mut all = Neighborhoods::default();
        for (full, id) in [("城关镇 三里社区", 1), ("万佛湖镇 三里社区", 2), ("城关镇 桃溪社区", 3)]
        {
            all.add(full, id);
        }
        let says = |street: &str, named: &str| all.meant(street, named).map_err(|it| it.message);
        assert_eq!(says("万佛湖镇", "三里社区"), Ok(Some(2)));
        assert_eq!(says("", "城关镇三里社区"), Ok(Some(1)));
        assert_eq!(says("城关镇", "城关镇 三里社区"), Ok(Some(1)));
        assert_eq!(says("", "桃溪社区"), Ok(Some(3)));
        assert_eq!(says("", ""), Ok(None));
        assert!(says("", "三里社区").unwrap_err().contains("请填写所在街道"));
        assert!(says("县经济开发区", "三里社区").unwrap_err().contains("台账中没有“县经济开发区三里社区”"));
    }

    #[test]
    fn a_registers_columns_are_those_of_its_form() {
        let header = ["小区名称", "调查名称", "日期", "满意份数", "有效份数"].map(str::to_owned);
        let mapping = guess("survey", &header);
        let found: Vec<_> = mapping.iter().map(|(field, column)| (field.as_str(), *column)).collect();
        assert_eq!(found, [("community", 0), ("happened_on", 2), ("part", 3), ("title", 1), ("whole", 4)]);
    }

    #[test]
    fn a_day_is_understood_as_people_write_it() {
        for text in ["2024-08-05", "2024/8/5", "2024.8.5", "2024年8月5日", "2024-08-05 00:00:00"] {
            assert_eq!(day(text), "2024-08-05");
        }
        assert_eq!(day("去年"), "去年");
    }

    #[test]
    fn faults_name_their_cells() {
        let row = StagedRow { line: 7, cells: vec![] };
        let mapping = [("name".to_owned(), 1), ("households".to_owned(), 27)].into();
        let errors = [
            FieldError::new("name", "请填写小区名称"),
            FieldError::new("households", "户数应为整数"),
            FieldError::new("kind", "请选择"),
        ];
        assert_eq!(faults(&errors, &row, &mapping), "B7：请填写小区名称；AB7：户数应为整数；第7行：请选择");
    }
}
