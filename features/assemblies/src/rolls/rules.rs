//! How a sheet becomes a roll, what is wrong with it cell by cell, and when a roll may be frozen. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{Problem, Refusal};

use super::types::{Roll, Stage, Unit, UnitRow};

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
    use super::{
        super::reading::{read, tests::row_of},
        *,
    };

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
    fn what_the_counting_program_reads_is_what_was_uploaded() {
        let read = read(&[row_of(["1-101", "90.5", "张三", "A1", "商业", ""])]).unwrap();
        let units: Vec<Unit> =
            read.into_iter().map(|it| Unit { owners: vec!["k1".into(), "k2".into()], ..it.unit }).collect();
        let text = canonical(&units);
        assert_eq!(text, "unit,area_m2,owner,kind,holder\n1-101,90.500,k1;k2,commercial,owner\n");
        assert!(crate::read_roll(&text).is_ok());
    }
}
