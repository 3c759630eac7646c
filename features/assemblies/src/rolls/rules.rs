//! How a sheet becomes a roll, what is wrong with it cell by cell, and when a roll may be frozen. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kernel::{Area, Problem, Refusal};

use super::types::{AreaSource, Contact, Holder, ReadUnit, Roll, Stage, Unit, UnitRow};

/// Field, its head in the template, and other heads people use.
pub(crate) const FIELDS: &[(&str, &str, &[&str])] = &[
    ("unit", "房号", &["专有部分", "单元号", "房屋编号", "户号"]),
    ("building", "楼栋", &["幢", "栋", "楼号"]),
    ("entrance", "单元", &["门", "梯"]),
    ("kind", "用途", &["房屋用途", "性质"]),
    ("area", "专有面积", &["面积", "建筑面积", "专有部分面积", "面积（m²）", "建筑面积（m²）"]),
    ("area_source", "面积来源", &["来源"]),
    ("names", "业主姓名", &["姓名", "业主", "权利人"]),
    ("numbers", "证件号码", &["身份证号", "证件号", "统一社会信用代码"]),
    ("phones", "手机号", &["电话", "联系电话", "手机"]),
    ("holder", "持有人", &["持有"]),
];
pub(crate) const EXAMPLE: [&str; 10] =
    ["3幢2单元501", "3幢", "2单元", "住宅", "98.76", "不动产登记簿", "张某、李某", "", "", "业主"];
const KINDS: [(&str, &str); 5] = [
    ("住宅", "residential"),
    ("商业", "commercial"),
    ("车位", "parking"),
    ("储藏室", "storage"),
    ("其他", "other"),
];
const SOURCES: [(&str, AreaSource); 3] = [
    ("不动产登记簿", AreaSource::Register),
    ("测绘实测", AreaSource::Survey),
    ("买卖合同", AreaSource::Contract),
];
/// A roll larger than the largest community there is, is a mistake.
const MOST_UNITS: usize = 60_000;
/// How many faults are told at once.
const MOST_FAULTS: usize = 50;
/// 名册公示 when nothing else is said.
pub(crate) const POSTED_DAYS: u32 = 7;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RollRefusal {
    #[error("表格中没有“房号”“专有面积”“业主姓名”各列。请下载模板，按模板的表头填写后再上传")]
    NoHeads,
    #[error("名册公示到{0}，期满后才能冻结")]
    StillPosted(Date),
    #[error("还有{0}件对名册的异议没有答复，请先逐件答复")]
    ObjectionsOpen(i64),
    #[error("这一版名册{0}，不能再办理")]
    NotProposed(&'static str),
    #[error("有异议成立而名册没有更正，请由提出人重新上传更正后的名册")]
    Upheld,
    #[error("请写明撤回理由，不超过200个字")]
    Reason,
    #[error("名册第{1}版里没有“{0}”，请修改草稿的表决范围再公告")]
    PartGone(String, i64),
}

impl Refusal for RollRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoHeads => "assemblies.roll_heads",
            Self::StillPosted(_) => "assemblies.roll_posted",
            Self::ObjectionsOpen(_) => "assemblies.roll_objections",
            Self::NotProposed(_) => "assemblies.roll_stage",
            Self::Upheld => "assemblies.roll_upheld",
            Self::Reason => "assemblies.roll_reason",
            Self::PartGone(..) => "assemblies.roll_part",
        }
    }
}

/// Which column holds which field.
pub(crate) fn columns(header: &[String]) -> Result<BTreeMap<&'static str, usize>, RollRefusal> {
    let bare = |it: &str| it.trim().trim_start_matches('*').trim_end_matches(['*', '：', ':']).to_owned();
    let find = |title: &str, others: &[&str]| {
        header.iter().position(|it| bare(it) == title || others.contains(&bare(it).as_str()))
    };
    let columns: BTreeMap<_, _> = FIELDS.iter().filter_map(|it| Some((it.0, find(it.1, it.2)?))).collect();
    let needed = ["unit", "area", "names"];
    if needed.iter().all(|it| columns.contains_key(it)) { Ok(columns) } else { Err(RollRefusal::NoHeads) }
}

pub(crate) fn row(line: u32, cells: &[String], columns: &BTreeMap<&'static str, usize>) -> UnitRow {
    let cell = |field: &str| columns.get(field).and_then(|it| cells.get(*it)).cloned().unwrap_or_default();
    UnitRow {
        line,
        unit: identifiers::narrowed(&cell("unit")),
        building: identifiers::narrowed(&cell("building")),
        entrance: cell("entrance"),
        kind: cell("kind"),
        holder: cell("holder"),
        area: cell("area"),
        area_source: cell("area_source"),
        names: cell("names"),
        numbers: cell("numbers"),
        phones: cell("phones"),
    }
}

/// Every unit, or every fault by its line; the order is the sheet's.
pub(crate) fn read(rows: &[UnitRow]) -> Result<Vec<ReadUnit>, Vec<String>> {
    let (mut units, mut faults, mut seen) = (vec![], vec![], BTreeSet::new());
    for row in rows {
        match read_row(row) {
            Ok(read) if !seen.insert(read.unit.unit.clone()) => {
                faults.push(format!("第{}行：房号 {} 出现了两次", row.line, row.unit));
            }
            Ok(read) => units.push(read),
            Err(fault) => faults.push(format!("第{}行：{fault}", row.line)),
        }
        if faults.len() == MOST_FAULTS {
            faults.push("错误较多，其余未列出".to_owned());
            break;
        }
    }
    if faults.is_empty() && units.is_empty() {
        faults.push("表格里没有专有部分，请从第二行起逐行填写".to_owned());
    }
    if MOST_UNITS < units.len() {
        faults.push(format!("专有部分超过{MOST_UNITS}个，请核对是否选错了文件"));
    }
    if faults.is_empty() { Ok(units) } else { Err(faults) }
}

fn read_row(row: &UnitRow) -> Result<ReadUnit, String> {
    if row.unit.is_empty() || 40 < row.unit.chars().count() {
        return Err("请填写房号，如“3幢2单元501”，不超过40个字".to_owned());
    }
    if row.unit.contains([',', ';', '"', '\n', '\r']) {
        return Err(format!("房号 {} 中不能有逗号、分号、引号", row.unit));
    }
    let area = Area::parse_m2(row.area.trim_end_matches("㎡").trim_end_matches("m²").trim());
    let area =
        area.ok_or_else(|| format!("{}的专有面积“{}”应为0以上、最多三位小数的平方米数", row.unit, row.area))?;
    let kind = or(&row.kind, "住宅");
    let kind = KINDS.iter().find(|it| it.0 == kind || it.1 == kind);
    let kind = kind.ok_or_else(|| format!("{}的用途应为住宅、商业、车位、储藏室或其他", row.unit))?.1;
    let source = or(&row.area_source, "不动产登记簿");
    let source = SOURCES.iter().find(|it| it.0 == source);
    let area_source =
        source.ok_or_else(|| format!("{}的面积来源应为不动产登记簿、测绘实测或买卖合同", row.unit))?.1;
    let holder = match or(&row.holder, "业主") {
        "业主" => Holder::Owner,
        "建设单位" | "开发商" => Holder::Developer,
        _ => return Err(format!("{}的持有人应为业主或建设单位", row.unit)),
    };
    let (names, numbers, phones) = (several(&row.names), several(&row.numbers), several(&row.phones));
    if names.is_empty() && holder == Holder::Owner {
        return Err(format!("{}没有业主姓名。未交付的请把持有人填为“建设单位”", row.unit));
    }
    if !numbers.is_empty() && numbers.len() != names.len() {
        return Err(format!(
            "{}有{}位业主、{}个证件号码，请逐位对应，用顿号隔开",
            row.unit,
            names.len(),
            numbers.len()
        ));
    }
    if names.iter().enumerate().any(|(n, it)| numbers.is_empty() && names[..n].contains(it)) {
        return Err(format!("{}有两位同名的业主，请填写证件号码加以区分", row.unit));
    }
    // Whoever gives no number is told apart by the phone, and else by the unit: two of one name are not made one.
    let person = |(n, name): (usize, &String)| match (numbers.get(n), phones.get(n)) {
        (Some(number), _) => format!("{name} {}", number.to_uppercase()),
        (None, Some(phone)) => format!("{name} {phone}"),
        (None, None) => format!("{name} {}", row.unit),
    };
    let people = names.iter().enumerate().map(person).collect();
    let entrance = row.entrance.clone();
    let unit = Unit {
        unit: row.unit.clone(),
        building: if row.building.is_empty() { building_of(&row.unit) } else { row.building.clone() },
        entrance,
        kind: kind.to_owned(),
        holder,
        area,
        area_source,
        owners: vec![],
        contact: Contact { names, phones },
    };
    Ok(ReadUnit { unit, people })
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.trim().is_empty() { otherwise } else { text.trim() }
}

fn several(text: &str) -> Vec<String> {
    let parts = text.split(['、', '；', ';', '，', ',', '/']);
    parts.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// 3幢2单元501 → 3幢; 5-1-302 → 5; what has no building of its own is told by its kind of number.
fn building_of(unit: &str) -> String {
    for mark in ["幢", "栋", "号楼", "座"] {
        if let Some((before, _)) = unit.split_once(mark) {
            return format!("{before}{mark}");
        }
    }
    unit.split_once('-').map_or_else(|| "其他".to_owned(), |it| it.0.to_owned())
}

/// The roll as the counting program reads it, in the sheet's order: no name in it.
pub(crate) fn canonical(units: &[Unit]) -> String {
    let mut text = "unit,area_m2,owner,kind,holder\n".to_owned();
    for it in units {
        let holder = it.holder.code();
        text.push_str(&format!("{},{},{},{},{holder}\n", it.unit, it.area, it.owners.join(";"), it.kind));
    }
    text
}

pub(crate) fn must_be_proposed(roll: &Roll) -> Result<(), RollRefusal> {
    match roll.stage {
        Stage::Proposed => Ok(()),
        Stage::Draft => Err(RollRefusal::NotProposed("还没有公示")),
        Stage::Frozen { .. } => Err(RollRefusal::NotProposed("已经冻结")),
        Stage::Withdrawn { .. } => Err(RollRefusal::NotProposed("已经撤回")),
    }
}

/// 公示 — from today, once somebody has looked it through.
pub(crate) fn post(roll: &Roll, today: Date) -> Result<(Stage, Date), RollRefusal> {
    match roll.stage {
        Stage::Draft => Ok((Stage::Proposed, calendar::earliest_step_after_notice(today, POSTED_DAYS))),
        Stage::Proposed => Err(RollRefusal::NotProposed("已经公示")),
        Stage::Frozen { .. } => Err(RollRefusal::NotProposed("已经冻结")),
        Stage::Withdrawn { .. } => Err(RollRefusal::NotProposed("已经撤回")),
    }
}

/// 冻结 — after the posting, with every objection answered and none upheld against this version.
pub(crate) fn freeze(roll: &Roll, open: i64, upheld: i64, today: Date) -> Result<Stage, Problem> {
    must_be_proposed(roll)?;
    if today < roll.next_step {
        return Err(RollRefusal::StillPosted(roll.next_step).into());
    }
    match (open, upheld) {
        (0, 0) => Ok(Stage::Frozen { on: today }),
        (0, _) => Err(RollRefusal::Upheld.into()),
        (open, _) => Err(RollRefusal::ObjectionsOpen(open).into()),
    }
}

/// 撤回 — a roll that turned out wrong before it was frozen.
pub(crate) fn withdraw(roll: &Roll, reason: &str) -> Result<Stage, Problem> {
    if roll.stage != Stage::Draft {
        must_be_proposed(roll)?;
    }
    let reason = identifiers::mask_numbers(reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        return Err(RollRefusal::Reason.into());
    }
    Ok(Stage::Withdrawn { reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row_of(cells: [&str; 6]) -> UnitRow {
        let [unit, area, names, numbers, kind, holder] = cells.map(str::to_owned);
        UnitRow { line: 2, unit, area, names, numbers, kind, holder, ..UnitRow::default() }
    }

    #[test]
    fn a_sheet_is_read_by_the_heads_people_use() {
        let header = ["*房号", "幢", "建筑面积（m²）", "权利人", "身份证号"].map(str::to_owned);
        let columns = columns(&header).unwrap();
        assert_eq!(columns.get("area"), Some(&2));
        let cells = ["3幢 2单元501", "", "98.76", "张三、李四", "A1、B2"].map(str::to_owned);
        let read = read(&[row(2, &cells, &columns)]).unwrap();
        assert_eq!(read[0].unit.unit, "3幢2单元501");
        assert_eq!(read[0].unit.building, "3幢");
        assert_eq!(read[0].people, ["张三 A1", "李四 B2"]);
        assert_eq!(super::columns(&header[..2]), Err(RollRefusal::NoHeads));
    }

    #[test]
    fn what_cannot_be_is_told_by_its_line() {
        let check = |cells: [&str; 6], words: &str| {
            let faults = read(&[row_of(cells)]).unwrap_err();
            assert!(faults[0].starts_with("第2行：") && faults[0].contains(words), "{faults:?}");
        };
        check(["", "90", "张三", "", "", ""], "请填写房号");
        check(["1-101", "九十", "张三", "", "", ""], "最多三位小数");
        check(["1-101", "90.1234", "张三", "", "", ""], "最多三位小数");
        check(["1-101", "90", "", "", "", ""], "没有业主姓名");
        check(["1-101", "90", "张三、李四", "A1", "", ""], "2位业主、1个证件号码");
        check(["1-101", "90", "张三", "", "别墅", ""], "用途应为");
        check(["1-101", "90", "张三", "", "", "租客"], "持有人应为");
        check(["1,101", "90", "张三", "", "", ""], "不能有逗号");
        let twice =
            [row_of(["1-101", "90", "张三", "", "", ""]), row_of(["1-101", "90", "李四", "", "", ""])];
        assert_eq!(read(&twice).unwrap_err(), ["第2行：房号 1-101 出现了两次"]);
        assert!(read(&[]).unwrap_err()[0].contains("没有专有部分"));
    }

    #[test]
    fn two_of_one_name_are_two_people_unless_a_number_says_otherwise() {
        let people = |a: [&str; 6], b: [&str; 6]| {
            let read = read(&[row_of(a), row_of(b)]).unwrap();
            read[0].people == read[1].people
        };
        assert!(!people(["1-101", "90", "张伟", "", "", ""], ["1-102", "90", "张伟", "", "", ""]));
        assert!(people(["1-101", "90", "张伟", "X1", "", ""], ["1-102", "90", "张伟", "x1", "", ""]));
        assert!(people(["1-101", "90", "", "", "", "建设单位"], ["1-102", "90", "", "", "", "开发商"]));
    }

    #[test]
    fn what_the_counting_program_reads_is_what_was_uploaded() {
        let read = read(&[row_of(["1-101", "90.5", "张三", "A1", "商业", ""])]).unwrap();
        let units: Vec<Unit> =
            read.into_iter().map(|it| Unit { owners: vec!["k1".into(), "k2".into()], ..it.unit }).collect();
        let text = canonical(&units);
        assert_eq!(text, "unit,area_m2,owner,kind,holder\n1-101,90.500,k1;k2,commercial,owner\n");
        assert!(crate::read_roll(&text).is_ok());
    }
}
