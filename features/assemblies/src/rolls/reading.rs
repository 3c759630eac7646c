//! Reading a sheet of homes: line by line, everything that is wrong with each. Pure.

use std::collections::BTreeSet;

use identifiers::{IdNumber, Phone, Uscc};
use kernel::Area;

use super::types::{AreaSource, Contact, Holder, ReadUnit, Unit, UnitRow};

const SOURCES: [(&str, AreaSource); 3] = [
    ("不动产登记簿", AreaSource::Register),
    ("测绘实测", AreaSource::Survey),
    ("买卖合同", AreaSource::Contract),
];
const KINDS: [(&str, &str); 5] = [
    ("住宅", "residential"),
    ("商业", "commercial"),
    ("车位", "parking"),
    ("储藏室", "storage"),
    ("其他", "other"),
];
/// A roll larger than the largest community there is, is a mistake.
const MOST_UNITS: usize = 60_000;
/// How many faults a page tells at once; the marked sheet has all of them.
pub(crate) const MOST_FAULTS: usize = 50;
/// How a line of totals is called, or ends: of the sheet, of a building, of a page.
const TOTALS: [&str; 4] = ["合计", "小计", "总计", "总面积"];
/// The largest one unit may be, in 0.001 m²: no hall of a market is.
const LARGEST: i64 = 200_000_000;

/// What is wrong with a line of the sheet, or with the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// None: the whole.
    pub(crate) line: Option<u32>,
    pub(crate) words: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "第{line}行：{}", self.words),
            None => f.write_str(&self.words),
        }
    }
}

impl Fault {
    pub(crate) fn of_whole(words: impl Into<String>) -> Self {
        Self { line: None, words: words.into() }
    }
}

/// Areas added up: of the whole sheet so far, and since the last line of totals. None once a line had no area to add.
struct Sums {
    all: Option<i64>,
    since: Option<i64>,
}

impl Sums {
    fn add(&mut self, area: Option<i64>) {
        let add = |sum: Option<i64>| Some(sum? + area?);
        (self.all, self.since) = (add(self.all), add(self.since));
    }
}

/// Every unit, or every fault by its line; the order is the sheet's. A line of totals is no home: it is checked against those above it.
pub(crate) fn read(rows: &[UnitRow]) -> Result<Vec<ReadUnit>, Vec<Fault>> {
    let (mut units, mut faults, mut seen) = (vec![], vec![], BTreeSet::new());
    let mut sums = Sums { all: Some(0), since: Some(0) };
    let mut totals = 0;
    for row in rows {
        let fault = |words: String| Fault { line: Some(row.line), words };
        if let Some(called) = total_of(row) {
            totals += 1;
            faults.extend(disagrees(row, called, &sums).map(fault));
            sums.since = Some(0);
            continue;
        }
        match read_row(row) {
            Ok(read) if !seen.insert(read.unit.unit.clone()) => {
                sums.add(None);
                faults.push(fault(format!("房号 {} 出现了两次", row.unit)));
            }
            Ok(read) => {
                sums.add(Some(read.unit.area.0));
                units.push(read);
            }
            Err(told) => {
                // Without this line's area the total says nothing.
                sums.add(None);
                faults.extend(told.into_iter().map(fault));
            }
        }
    }
    if 0 < totals && sums.all.is_none() {
        faults.push(Fault::of_whole("有的行没有可用的面积，小计和合计还没有全部核对：改好后再上传一次"));
    }
    if faults.is_empty() && units.is_empty() {
        faults.push(Fault::of_whole("表格里没有专有部分，请从第二行起逐行填写"));
    }
    if MOST_UNITS < units.len() {
        faults.push(Fault::of_whole(format!("专有部分超过{MOST_UNITS}个，请核对是否选错了文件")));
    }
    if faults.is_empty() { Ok(units) } else { Err(faults) }
}

/// How a line of totals calls itself, in the column of the unit or, where that is empty, of the building; none of a home.
fn total_of(row: &UnitRow) -> Option<&str> {
    let called = [row.unit.trim(), row.building.trim()].into_iter().find(|it| !it.is_empty())?;
    TOTALS.iter().any(|it| called.ends_with(it)).then_some(called)
}

/// What a line of totals says that the lines above it do not: of a building those since the last such line, of the sheet all of them.
/// Nothing where it names no area, or where a line above has none.
fn disagrees(row: &UnitRow, called: &str, sums: &Sums) -> Option<String> {
    let typed = square_metres(&row.area);
    if typed.is_empty() {
        return None;
    }
    // 小计 is of what stands above since the last such line, 总计 of all; 合计 may be either.
    let compared: &[Option<i64>] = match called {
        _ if called.ends_with("小计") => &[sums.since],
        _ if called.ends_with("合计") => &[sums.all, sums.since],
        _ => &[sums.all],
    };
    match Area::parse_m2(typed) {
        Some(total) if compared.contains(&Some(total.0)) => None,
        // Where a line above has no area, nothing is known.
        Some(_) if compared.contains(&None) => None,
        // What is nearer is what was meant.
        Some(total) => {
            let nearer = |sum: &i64| (sum - total.0).abs();
            let sum = Area(compared.iter().copied().flatten().min_by_key(nearer)?);
            let (less, more) = (total.0.min(sum.0), total.0.max(sum.0));
            Some(format!(
                "“{called}”写的是{total}平方米，上面各行相加是{sum}平方米，相差{}，请核对",
                Area(more - less)
            ))
        }
        None => Some(format!("“{called}”的面积“{typed}”认不出来，请写成平方米数或删去这一行")),
    }
}

fn square_metres(typed: &str) -> &str {
    typed.trim().trim_end_matches("㎡").trim_end_matches("m²").trim()
}

/// A number people are told apart by. What is nearly as long as a citizen's is one, or that of a company; other papers (passports, 台胞证)
/// are not judged but for their length.
fn is_number(text: &str) -> bool {
    match text.chars().count() {
        16..=19 => IdNumber::parse(text).is_ok() || Uscc::parse(text).is_ok(),
        length => 6 <= length || !text.bytes().all(|it| it.is_ascii_digit()),
    }
}

fn read_row(row: &UnitRow) -> Result<ReadUnit, Vec<String>> {
    let called = &row.unit;
    if called.is_empty() || 40 < called.chars().count() {
        return Err(vec!["请填写房号，如“3幢2单元501”，不超过40个字".to_owned()]);
    }
    let mut faults = vec![];
    if called.contains([',', ';', '"', '\n', '\r']) {
        faults.push(format!("房号 {called} 中不能有逗号、分号、引号"));
    }
    let typed = square_metres(&row.area);
    let area = Area::parse_m2(typed).filter(|it| (1..=LARGEST).contains(&it.0));
    if area.is_none() {
        faults.push(match typed {
            "" => format!("{called}没有专有面积，请填写平方米数"),
            _ => format!("{called}的专有面积“{typed}”应为大于0、不超过20万、最多三位小数的平方米数"),
        });
    }
    let kind = or(&row.kind, "住宅");
    let kind = KINDS.iter().find(|it| it.0 == kind || it.1 == kind).map(|it| it.1);
    if kind.is_none() {
        faults.push(format!("{called}的用途应为住宅、商业、车位、储藏室或其他"));
    }
    let source = or(&row.area_source, "不动产登记簿");
    let area_source = SOURCES.iter().find(|it| it.0 == source).map(|it| it.1);
    if area_source.is_none() {
        faults.push(format!("{called}的面积来源应为不动产登记簿、测绘实测或买卖合同"));
    }
    let holder = match or(&row.holder, "业主") {
        "业主" => Some(Holder::Owner),
        "建设单位" | "开发商" => Some(Holder::Developer),
        _ => None,
    };
    if holder.is_none() {
        faults.push(format!("{called}的持有人应为业主或建设单位"));
    }
    let (names, numbers, phones) = (several(&row.names), several(&row.numbers), several(&row.phones));
    faults.extend(people_faults(called, holder, (&names, &numbers, &phones)));
    let (Some(area), Some(kind), Some(area_source), Some(holder), true) =
        (area, kind, area_source, holder, faults.is_empty())
    else {
        return Err(faults);
    };
    // Whoever gives no number is told apart by the phone, and else by the unit: two of one name are not made one.
    let person = |(n, name): (usize, &String)| match (numbers.get(n), phones.get(n)) {
        (Some(number), _) => format!("{name} {}", number.to_uppercase()),
        (None, Some(phone)) => format!("{name} {phone}"),
        (None, None) => format!("{name} {called}"),
    };
    let people = names.iter().enumerate().map(person).collect();
    let unit = Unit {
        unit: called.clone(),
        building: if row.building.is_empty() { building_of(called) } else { row.building.clone() },
        entrance: row.entrance.clone(),
        kind: kind.to_owned(),
        holder,
        area,
        area_source,
        owners: vec![],
        contact: Contact { names, phones },
    };
    Ok(ReadUnit { unit, people })
}

/// What is wrong with the people of a line.
fn people_faults(
    called: &str,
    holder: Option<Holder>,
    (names, numbers, phones): (&[String], &[String], &[String]),
) -> Vec<String> {
    let mut faults = vec![];
    if names.is_empty() && holder == Some(Holder::Owner) {
        faults.push(format!("{called}没有业主姓名。未交付的请把持有人填为“建设单位”"));
    }
    if !numbers.is_empty() && numbers.len() != names.len() {
        faults.push(format!(
            "{called}有{}位业主、{}个证件号码，请逐位对应，用顿号隔开",
            names.len(),
            numbers.len()
        ));
    }
    if names.iter().enumerate().any(|(n, it)| numbers.is_empty() && names[..n].contains(it)) {
        faults.push(format!("{called}有两位同名的业主，请填写证件号码加以区分"));
    }
    if numbers.iter().any(|it| !is_number(it)) {
        faults.push(format!("{called}的证件号码不对：身份证号是18位，最后一位可以是X，请核对"));
    }
    if phones.iter().any(|it| Phone::parse(it).is_err()) {
        faults.push(format!("{called}的手机号不对：手机号是11位，请核对"));
    }
    faults
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn row_of(cells: [&str; 6]) -> UnitRow {
        let [unit, area, names, numbers, kind, holder] = cells.map(str::to_owned);
        UnitRow { line: 2, unit, area, names, numbers, kind, holder, ..UnitRow::default() }
    }

    #[test]
    fn what_cannot_be_is_told_by_its_line() {
        let check = |cells: [&str; 6], words: &str| {
            let faults = read(&[row_of(cells)]).unwrap_err();
            let told = faults[0].to_string();
            assert!(told.starts_with("第2行：") && told.contains(words), "{faults:?}");
        };
        check(["", "90", "张三", "", "", ""], "请填写房号");
        check(["1-101", "九十", "张三", "", "", ""], "最多三位小数");
        check(["1-101", "90.1234", "张三", "", "", ""], "最多三位小数");
        check(["1-101", "90", "", "", "", ""], "没有业主姓名");
        check(["1-101", "90", "张三、李四", "A1", "", ""], "2位业主、1个证件号码");
        check(["1-101", "90", "张三", "", "别墅", ""], "用途应为");
        check(["1-101", "90", "张三", "", "", "租客"], "持有人应为");
        check(["1,101", "90", "张三", "", "", ""], "不能有逗号");
        check(["1-101", "", "张三", "", "", ""], "没有专有面积");
        check(["1-101", "0", "张三", "", "", ""], "大于0");
        check(["1-101", "99999999", "张三", "", "", ""], "不超过20万");
        check(["1-101", "90", "张三", "123", "", ""], "身份证号是18位");
        // Everything that is wrong with a line, at once.
        let faults = read(&[row_of(["1-101", "0", "", "", "别墅", ""])]).unwrap_err();
        assert_eq!(faults.len(), 3, "{faults:?}");
        let phone = UnitRow { phones: "13800".to_owned(), ..row_of(["1-101", "90", "张三", "", "", ""]) };
        assert!(read(&[phone]).unwrap_err()[0].words.contains("手机号是11位"));
        let twice =
            [row_of(["1-101", "90", "张三", "", "", ""]), row_of(["1-101", "90", "李四", "", "", ""])];
        assert_eq!(read(&twice).unwrap_err()[0].to_string(), "第2行：房号 1-101 出现了两次");
        assert!(read(&[]).unwrap_err()[0].words.contains("没有专有部分"));
    }

    #[test]
    fn a_line_of_totals_is_no_home_and_has_to_agree() {
        let homes =
            [row_of(["1-101", "90.5", "张三", "", "", ""]), row_of(["1-102", "80", "李四", "", "", ""])];
        let with = |total: &str| {
            let last = UnitRow { line: 4, ..row_of(["合计", total, "", "", "", ""]) };
            read(&[homes[0].clone(), homes[1].clone(), last])
        };
        assert_eq!(with("170.5").unwrap().len(), 2);
        assert_eq!(with("").unwrap().len(), 2);
        assert_eq!(
            with("171").unwrap_err()[0].to_string(),
            "第4行：“合计”写的是171.000平方米，上面各行相加是170.500平方米，相差0.500，请核对"
        );
        // 小计 is of its building alone, and what cannot be added up says nothing.
        let under = |called: &str, area: &str, first: &str| {
            let home = |line: u32, unit: &str, area: &str| UnitRow {
                line,
                ..row_of([unit, area, "张三", "", "", ""])
            };
            let total = |line: u32, called: &str, area: &str| UnitRow {
                line,
                ..row_of([called, area, "", "", "", ""])
            };
            let rows = [
                home(2, "1-101", first),
                total(3, "1幢小计", "90"),
                home(4, "2-101", "80"),
                total(5, called, area),
            ];
            read(&rows).err().unwrap_or_default().into_iter().filter_map(|it| it.line).collect::<Vec<_>>()
        };
        assert_eq!((under("2幢小计", "170", "90"), under("总计", "80", "90")), (vec![5], vec![5]));
        assert_eq!((under("2幢小计", "80", "90"), under("总计", "170", "90")), (vec![], vec![]));
        assert_eq!(under("合计", "170", "九十"), [2]);
        // A line of totals for each building, and one for all of them.
        let of = |line: u32, called: &str, area: &str| UnitRow {
            line,
            ..row_of([called, area, if called.contains('-') { "张三" } else { "" }, "", "", ""])
        };
        let several = |second: &str| {
            let rows = [
                of(2, "1-101", "90"),
                of(3, "1幢小计", "90"),
                of(4, "2-101", "80"),
                of(5, "合计", second),
                of(6, "合计", "170"),
            ];
            read(&rows).map(|it| it.len()).map_err(|it| it[0].to_string())
        };
        assert_eq!((several("80"), several("170")), (Ok(2), Ok(2)));
        assert_eq!(
            several("81").unwrap_err(),
            "第5行：“合计”写的是81.000平方米，上面各行相加是80.000平方米，相差1.000，请核对"
        );
    }

    #[test]
    fn two_of_one_name_are_two_people_unless_a_number_says_otherwise() {
        let people = |a: [&str; 6], b: [&str; 6]| {
            let read = read(&[row_of(a), row_of(b)]).unwrap();
            read[0].people == read[1].people
        };
        assert!(!people(["1-101", "90", "张伟", "", "", ""], ["1-102", "90", "张伟", "", "", ""]));
        assert!(people(["1-101", "90", "张伟", "E1", "", ""], ["1-102", "90", "张伟", "e1", "", ""]));
        assert!(people(["1-101", "90", "", "", "", "建设单位"], ["1-102", "90", "", "", "", "开发商"]));
    }
}
