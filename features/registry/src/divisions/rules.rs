//! A division's code and name as they are typed, and a whole tree as it comes in a file. Pure.

use std::collections::{BTreeMap, BTreeSet};

use documents::Table;
use identifiers::{DivisionCode, DivisionLevel};
use kernel::{FieldError, Problem};

use super::{
    labels,
    types::{Division, DivisionForm, Kind, Planned},
};
use crate::history::Change;

const LONGEST_NAME: usize = 30;
/// More than the largest city has.
const MOST_ROWS: usize = 5_000;
const MOST_FAULTS: usize = 50;

/// The heads a file may write over each column.
const CODE: &[&str] = &["区划代码", "代码", "行政区划代码", "统计用区划代码"];
const NAME: &[&str] = &["区划名称", "名称"];
const KIND: &[&str] = &["级别", "区划级别"];
const PARENT: &[&str] = &["上级代码", "上级区划代码"];

/// Code and name of a division of this kind under `parent`.
pub(crate) fn particulars(
    form: &DivisionForm,
    kind: Kind,
    parent: Option<&Division>,
) -> Result<(String, String), Problem> {
    let mut errors = vec![];
    let code = code(&form.code, kind, parent.map(|it| it.code.as_str()));
    let code = code.map_err(|it| errors.push(FieldError::new("code", it))).unwrap_or_default();
    let name = name(&form.name).map_err(|it| errors.push(FieldError::new("name", it))).unwrap_or_default();
    if errors.is_empty() { Ok((code, name)) } else { Err(Problem::Invalid(errors)) }
}

fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    match name.chars().count() {
        2..=LONGEST_NAME => Ok(name.to_owned()),
        _ => Err(format!("请填写区划名称，2至{LONGEST_NAME}个字")),
    }
}

/// A code fits its level and what it lies under; a local code fits everywhere.
fn code(text: &str, kind: Kind, parent: Option<&str>) -> Result<String, String> {
    let code = DivisionCode::parse(text).map_err(|it| it.to_string())?;
    let level = code.level();
    if level == DivisionLevel::Local {
        return Ok(code.to_string());
    }
    if kind_of(level) != Some(kind) {
        let digits = match kind {
            Kind::City => "6位、末两位为00",
            Kind::County => "6位、末两位不为00",
            Kind::Subdistrict => "9位",
            Kind::Neighborhood => "12位",
        };
        return Err(format!("{}的区划代码应为{digits}的数字，现为{code}", labels::kind(kind)));
    }
    // A municipality's districts share two digits with it, another city's counties four.
    let stem = |it: &str| match kind {
        Kind::County => it.trim_end_matches("00").to_owned(),
        _ => it.to_owned(),
    };
    let lies_under =
        |it: &str| it.contains('-') || code.as_str().starts_with(&stem(it)) || kind == Kind::City;
    match parent.filter(|it| !lies_under(it)) {
        Some(parent) => Err(format!("区划代码{code}不在上级区划{parent}之下，请核对")),
        None => Ok(code.to_string()),
    }
}

fn kind_of(level: DivisionLevel) -> Option<Kind> {
    match level {
        DivisionLevel::City => Some(Kind::City),
        DivisionLevel::County => Some(Kind::County),
        DivisionLevel::Subdistrict => Some(Kind::Subdistrict),
        DivisionLevel::Neighborhood => Some(Kind::Neighborhood),
        DivisionLevel::Local => None,
    }
}

/// What differs, as people read it.
pub(crate) fn changes(before: &Division, code: &str, name: &str) -> Vec<Change> {
    let pairs = [("区划代码", before.code.as_str(), code), ("区划名称", before.name.as_str(), name)];
    let changed = pairs.into_iter().filter(|(_, from, to)| from != to);
    let change = |(field, from, to): (&str, &str, &str)| Change {
        field: field.into(),
        from: from.into(),
        to: to.into(),
    };
    changed.map(change).collect()
}

/// Reads a file's tree against the one there is: what is new, upper levels first, and how many rows are there already.
///
/// # Errors
/// Every fault with its cell, in sentences; then nothing of the file is taken.
pub(crate) fn plan(table: &Table, known: &[Division]) -> Result<(Vec<Planned>, usize), Vec<String>> {
    let column = |heads: &[&str]| table.header.iter().position(|it| heads.contains(&it.trim()));
    let (Some(codes), Some(names)) = (column(CODE), column(NAME)) else {
        return Err(vec!["表头应有“区划代码”和“区划名称”两列，请下载模板，按模板填写后再上传".to_owned()]);
    };
    if MOST_ROWS < table.rows.len() {
        return Err(vec![format!("文件有{}行，一次最多{MOST_ROWS}行，请分县区上传", table.rows.len())]);
    }
    if table.rows.is_empty() {
        return Err(vec!["表格里没有区划：表头下面应一行写一个".to_owned()]);
    }
    let (kinds, parents) = (column(KIND), column(PARENT));
    let mut faults: Vec<(u32, String)> = vec![];
    let mut rows: Vec<Row> = vec![];
    for (line, cells) in &table.rows {
        let cell = |column: Option<usize>| column.and_then(|it| cells.get(it)).map_or("", |it| it.trim());
        let row = Row::read(*line, cell(Some(codes)), cell(Some(names)), cell(kinds), cell(parents));
        match row {
            Ok(row) => rows.push(row),
            Err((part, fault)) => {
                let column = [Some(codes), Some(names), kinds, parents].into_iter().nth(part).flatten();
                faults.push((*line, told(*line, column, &fault)));
            }
        }
    }
    rows.sort_by_key(|it| (it.kind, it.line));
    let mut tree: BTreeMap<String, (String, Kind)> =
        known.iter().map(|it| (it.code.clone(), (it.name.clone(), it.kind))).collect();
    let codes_of: BTreeMap<_, _> = known.iter().map(|it| (it.id, it.code.clone())).collect();
    let above = |it: &Division| it.parent.and_then(|it| codes_of.get(&it).cloned());
    let mut named: BTreeSet<(Option<String>, String)> =
        known.iter().map(|it| (above(it), it.name.clone())).collect();
    let (mut planned, mut skipped) = (vec![], 0);
    for row in rows {
        match row.against(&tree) {
            Ok(Some(it)) if !named.insert((it.parent.clone(), it.name.clone())) => {
                let fault = format!("同一上级之下已有“{}”，请核对，或在名称里加以区别", it.name);
                faults.push((row.line, told(row.line, Some(names), &fault)));
            }
            Ok(Some(it)) => {
                tree.insert(it.code.clone(), (it.name.clone(), it.kind));
                planned.push(it);
            }
            Ok(None) => skipped += 1,
            Err(fault) => faults.push((row.line, told(row.line, Some(codes), &fault))),
        }
    }
    if faults.is_empty() {
        return Ok((planned, skipped));
    }
    faults.sort_by_key(|it| it.0);
    let mut faults: Vec<String> = faults.into_iter().map(|it| it.1).collect();
    let more = faults.len().saturating_sub(MOST_FAULTS);
    faults.truncate(MOST_FAULTS);
    faults.extend((0 < more).then(|| format!("还有{more}处错误，改正以上内容后再上传，会继续列出")));
    Err(faults)
}

fn told(line: u32, column: Option<usize>, fault: &str) -> String {
    let cell = column.map_or_else(|| format!("第{line}行"), |it| documents::cell_name(it, line));
    format!("{cell}：{fault}")
}

/// One row, read by itself.
struct Row {
    line: u32,
    code: String,
    name: String,
    kind: Kind,
    parent: Option<String>,
}

impl Row {
    /// The fault of a row is that of its first, second, third or fourth part.
    fn read(
        line: u32,
        code: &str,
        name_typed: &str,
        kind: &str,
        parent: &str,
    ) -> Result<Self, (usize, String)> {
        let code = DivisionCode::parse(code).map_err(|it| (0, it.to_string()))?;
        let name = name(name_typed).map_err(|it| (1, it))?;
        let by_code = kind_of(code.level());
        let by_word = match kind {
            "" => None,
            word => {
                let unknown = || (2, format!("“{word}”不是区划级别，请填写市、县区、街道、乡镇或社区"));
                Some(labels::kind_named(word).ok_or_else(unknown)?)
            }
        };
        let kind = match (by_code, by_word) {
            (Some(code), Some(word)) if code != word => {
                return Err((2, format!("级别与代码不符：这个代码是{}的", labels::kind(code))));
            }
            (Some(kind), _) | (None, Some(kind)) => kind,
            (None, None) => return Err((2, "自编代码请写明级别".to_owned())),
        };
        let parent = match parent {
            "" => None,
            it => Some(DivisionCode::parse(it).map_err(|it| (3, it.to_string()))?.to_string()),
        };
        Ok(Self { line, code: code.to_string(), name, kind, parent })
    }

    /// The row in the tree so far: new, there already, or at fault.
    fn against(&self, tree: &BTreeMap<String, (String, Kind)>) -> Result<Option<Planned>, String> {
        if let Some((name, kind)) = tree.get(&self.code) {
            if (name, *kind) == (&self.name, self.kind) {
                return Ok(None);
            }
            return Err(format!(
                "代码{}已登记为“{name}”（{}）。改名请在区划页面上修改",
                self.code,
                labels::kind(*kind)
            ));
        }
        let parent = self.parent(tree)?;
        code(&self.code, self.kind, parent.as_deref())?;
        Ok(Some(Planned {
            line: self.line,
            code: self.code.clone(),
            name: self.name.clone(),
            kind: self.kind,
            parent,
        }))
    }

    /// The code of what it lies under: the one given, or the one its own digits name.
    fn parent(&self, tree: &BTreeMap<String, (String, Kind)>) -> Result<Option<String>, String> {
        if self.kind == Kind::City {
            return Ok(None);
        }
        let named = match (&self.parent, self.kind) {
            (Some(given), _) => vec![given.clone()],
            (None, _) if self.code.contains('-') => {
                return Err("自编代码请填写上级代码".to_owned());
            }
            (None, Kind::County) => {
                vec![format!("{}00", &self.code[..4]), format!("{}0000", &self.code[..2])]
            }
            (None, Kind::Subdistrict) => vec![self.code[..6].to_owned()],
            (None, _) => vec![self.code[..9].to_owned()],
        };
        let found = named.iter().find(|it| tree.contains_key(*it));
        let Some(found) = found else {
            return Err(format!("没有上级区划{}，请在文件中补上，或先登记上级", named[0]));
        };
        match tree.get(found).and_then(|it| it.1.below()) {
            Some(below) if below == self.kind => Ok(Some(found.clone())),
            _ => Err(format!("上级区划{found}之下不能是{}", labels::kind(self.kind))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let cells = |it: &&[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        Table {
            header: cells(&&["区划代码", "区划名称", "级别", "上级代码"][..]),
            rows: rows.iter().enumerate().map(|(n, it)| (n as u32 + 2, cells(it))).collect(),
        }
    }

    fn faults(rows: &[&[&str]]) -> Vec<String> {
        plan(&table(rows), &[]).unwrap_err()
    }

    #[test]
    fn a_tree_is_read_in_any_order_and_upper_levels_come_first() {
        let rows: &[&[&str]] = &[
            &["341523100001", "桃溪社区", "", ""],
            &["341523100", "城关镇", "镇", ""],
            &["341523", "舒城县"],
            &["341500", "六安市", "市", ""],
            &["LA-KFQ", "六安经开区", "开发区", "341500"],
            &["341523100", "城关镇", "", ""],
        ];
        let (planned, skipped) = plan(&table(rows), &[]).unwrap();
        let told: Vec<_> = planned.iter().map(|it| (it.code.as_str(), it.parent.as_deref())).collect();
        let expected = [
            ("341500", None),
            ("341523", Some("341500")),
            ("LA-KFQ", Some("341500")),
            ("341523100", Some("341523")),
            ("341523100001", Some("341523100")),
        ];
        assert_eq!((told, skipped), (expected.to_vec(), 1));
        // The districts of a municipality share two digits with it.
        let rows: &[&[&str]] = &[&["110000", "北京市"], &["110101", "东城区"]];
        assert_eq!(plan(&table(rows), &[]).unwrap().0[1].parent.as_deref(), Some("110000"));
    }

    #[test]
    fn faults_name_their_cells_and_say_what_to_do() {
        assert_eq!(
            faults(&[&["341523", "舒城县"]]),
            ["A2：没有上级区划341500，请在文件中补上，或先登记上级"]
        );
        assert_eq!(
            faults(&[&["341500", "六安市"], &["3415", "甲"], &["341523", "乙"], &["341524", "金寨县", "省"]]),
            [
                "A3：区划代码应为6位（县区）、9位（街道、乡镇）或12位（社区）数字；没有国标代码的开发区请用如 BJ-ETDZ 的自编代码",
                "B4：请填写区划名称，2至30个字",
                "C5：“省”不是区划级别，请填写市、县区、街道、乡镇或社区",
            ]
        );
        let renamed: &[&[&str]] = &[&["341500", "六安市"], &["341500", "皖西市"]];
        assert_eq!(faults(renamed), ["A3：代码341500已登记为“六安市”（市）。改名请在区划页面上修改"]);
        let skipped_level: &[&[&str]] = &[&["341500", "六安市"], &["341523100", "城关镇", "", "341500"]];
        assert_eq!(faults(skipped_level), ["A3：上级区划341500之下不能是街道、乡镇"]);
        let local: &[&[&str]] = &[&["LA-KFQ", "经开区"]];
        assert_eq!(faults(local), ["C2：自编代码请写明级别"]);
        let header = Table { header: vec!["编号".into(), "名称".into()], rows: vec![] };
        assert!(plan(&header, &[]).unwrap_err()[0].contains("表头应有“区划代码”和“区划名称”两列"));
    }
}
